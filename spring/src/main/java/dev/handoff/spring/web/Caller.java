package dev.handoff.spring.web;

import org.jspecify.annotations.Nullable;

/// Who is calling: the owner under whose name tasks are submitted, the tenant they are in, where
/// there is one, and how far the credential reaches.
public record Caller(String owner, @Nullable String tenant, Access access) {
  /// A caller who may see and do everything of this owner.
  public Caller(String owner, @Nullable String tenant) {
    this(owner, tenant, Access.FULL);
  }

  /// Returns this caller with a restricted credential.
  public Caller with(Access access) {
    return new Caller(owner, tenant, access);
  }
}
