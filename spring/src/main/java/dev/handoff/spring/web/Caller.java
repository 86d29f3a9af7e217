package dev.handoff.spring.web;

import org.jspecify.annotations.Nullable;

/// Who is calling: the owner under whose name tasks are submitted, and the tenant they are in,
/// where there is one.
public record Caller(String owner, @Nullable String tenant) {}
