package dev.handoff.spring;

import dev.handoff.HandoffException;

/// The store's URL names a database that this version has no store for. Remove `handoff.store.url`
/// or give a `jdbc:sqlite:` or `jdbc:postgresql:` one.
public final class UnsupportedStoreException extends HandoffException {
  private static final long serialVersionUID = 1L;

  /// The URL, of which only the kind of database is repeated: the rest may hold a password.
  public UnsupportedStoreException(String url) {
    super(
        "handoff.store.url asks for '"
            + kindOf(url)
            + "', but there are only the embedded store and PostgreSQL; remove the setting, or give"
            + " jdbc:sqlite:/path/to/handoff.db or jdbc:postgresql://host/database");
  }

  private static String kindOf(String url) {
    int end = url.indexOf(':', url.startsWith("jdbc:") ? "jdbc:".length() : 0);
    return end < 0 ? "a URL without a kind" : url.substring(0, end);
  }
}
