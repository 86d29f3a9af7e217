package dev.handoff;

import java.time.Instant;

/// One line of an account: units added (positive) or taken (negative). The reference of what a task
/// took is the task's id.
public record BudgetEntry(String account, String reference, long units, String note, Instant at) {}
