package com.example.meetings;

import org.jspecify.annotations.Nullable;

/// A row of the application's own table. `task` is the id of the task that writes the summary,
/// which is there once that task completed.
public record Meeting(
    String id, String owner, String title, String notes, String task, @Nullable String summary) {}
