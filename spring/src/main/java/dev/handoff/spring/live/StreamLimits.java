package dev.handoff.spring.live;

import java.time.Duration;

/// What bounds the live streams of a node (`handoff.streams.*`); a socket counts as one stream.
public record StreamLimits(
    int perOwner, int perNode, Duration pingEvery, Duration writeLimit, Duration longest) {}
