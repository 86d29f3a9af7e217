package dev.handoff.spring.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of gates.
///
/// @param next with which the next page is asked for; null on the last one
public record GatesView(List<GateView> gates, @Nullable String next) {}
