package dev.handoff.store;

import dev.handoff.TaskId;
import java.util.Optional;

/// How many ends were announced, and the task after which to continue; empty when none are left.
public record Announced(int tasks, Optional<TaskId> next) {}
