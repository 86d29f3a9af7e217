package dev.handoff;

import org.jspecify.annotations.Nullable;

/// Whose tasks: this owner's within this tenant, or those without a tenant.
public record TaskOwner(String owner, @Nullable String tenant) {
  /// Refuses names that a [Submission] would refuse.
  public TaskOwner {
    Submission.requireKey("owner", owner);
    if (tenant != null) {
      Submission.requireKey("tenant", tenant);
    }
  }

  /// Returns the owner and the tenant of this submission.
  public static TaskOwner of(Submission submission) {
    return new TaskOwner(submission.owner(), submission.tenant());
  }
}
