package dev.handoff.spring.wire;

import java.util.List;

/// The answer of `GET /tasks/{id}/events` as JSON: events in order, and the number to go on after.
public record EventsView(List<EventView> events, long last) {}
