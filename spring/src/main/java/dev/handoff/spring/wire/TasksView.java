package dev.handoff.spring.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /tasks`: a page, newest first, and the cursor of the next one; null after the
/// last.
public record TasksView(List<TaskSummaryView> tasks, @Nullable String next) {}
