package dev.handoff.store;

import dev.handoff.TaskId;
import java.util.Optional;

/// How many ends were announced, and after which task to go on; nothing when no more are left.
public record Announced(int tasks, Optional<TaskId> next) {}
