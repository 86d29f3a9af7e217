package dev.handoff.systems.zoneinsights;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Which test insights are wanted of.
public record InsightsRequest(@JsonProperty("session_id") long sessionId) {}
