package dev.handoff.spring.web;

import java.time.Duration;

/// What bounds the live streams of a node (`handoff.streams.*`).
public record StreamLimits(
    int perOwner, int perNode, Duration pingEvery, Duration writeLimit, Duration longest) {}
