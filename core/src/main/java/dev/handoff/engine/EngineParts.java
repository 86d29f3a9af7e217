package dev.handoff.engine;

import dev.handoff.EngineListener;
import dev.handoff.HandoffConfig;
import dev.handoff.NodeId;
import dev.handoff.store.TaskStore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// What every part of one engine works with. `reported` are the bytes of events that its attempts
/// have reported and the store has not taken.
record EngineParts(
    NodeId node,
    TaskStore store,
    HandoffConfig config,
    Payloads payloads,
    EngineListener listener,
    Deadlines deadlines,
    RandomGenerator random,
    Scheduler scheduler,
    Workers workers,
    Heartbeats heartbeats,
    AtomicLong reported) {}
