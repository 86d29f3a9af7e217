package dev.handoff.jdbc;

import dev.handoff.Task;
import java.time.Duration;

/// A task together with what only the store needs of it: the number of its last lease, and how long
/// it can be seen after its end.
record StoredTask(Task task, long fence, Duration retention) {}
