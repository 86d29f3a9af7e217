package dev.handoff;

/// Takes what a task used from an account, in the commit that completes the task; if that commit
/// does not come to be, nothing is taken. Takes what is left and not held by other tasks when that
/// is less, so no account is ever below zero and every reservation can be settled. What the task
/// held beyond it is free again at the same moment. Settlements of a task are made before its other
/// effects; one account is settled once.
///
/// @param units 0 to [Budgets#LIMIT]
/// @param note what it was for, at most 200 characters, kept with the entry
public record Settlement(String account, long units, String note) implements Effect {
  /// Refuses units, accounts and notes that are out of their bounds.
  public Settlement {
    Submission.requireKey("account", account);
    Submission.requireKey("note", note);
    if (units < 0 || units > Budgets.LIMIT) {
      throw new IllegalArgumentException(
          "a settlement takes 0 to " + Budgets.LIMIT + " units, was " + units);
    }
  }
}
