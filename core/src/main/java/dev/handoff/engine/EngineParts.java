package dev.handoff.engine;

import dev.handoff.EngineListener;
import dev.handoff.HandoffConfig;
import dev.handoff.NodeId;
import dev.handoff.PayloadCodec;
import dev.handoff.store.TaskStore;
import java.util.random.RandomGenerator;

/// What every part of one engine works with.
record EngineParts(
    NodeId node,
    TaskStore store,
    HandoffConfig config,
    PayloadCodec codec,
    EngineListener listener,
    Alarms alarms,
    RandomGenerator random,
    Scheduler scheduler) {}
