package dev.handoff.spring.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /ops/tasks`: a page, newest first, and the cursor of the next one; null after
/// the last.
public record OperatorTasksView(List<OperatorTaskView> tasks, @Nullable String next) {}
