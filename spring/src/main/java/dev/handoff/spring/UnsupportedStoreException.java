package dev.handoff.spring;

import dev.handoff.HandoffException;
import java.util.List;
import java.util.stream.Collectors;

/// Tasks cannot be kept where the settings or the application's own database say: this version has
/// stores in SQLite and in PostgreSQL. The message says which setting helps.
public final class UnsupportedStoreException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private UnsupportedStoreException(String message) {
    super(message);
  }

  /// A URL of another kind of database. Only the kind is repeated: the rest may hold a password.
  static UnsupportedStoreException ofUrl(String url) {
    return new UnsupportedStoreException(
        "handoff.store.url asks for '"
            + kindOf(url)
            + "', but there are only the embedded store and PostgreSQL; remove the setting, or give"
            + " jdbc:sqlite:/path/to/handoff.db or jdbc:postgresql://host/database");
  }

  /// The application's own database is of another kind.
  static UnsupportedStoreException ofApplication(String product) {
    return new UnsupportedStoreException(
        "the application's database is "
            + product
            + ", and tasks are kept in SQLite or PostgreSQL: give them a database of their own with"
            + " handoff.store.url, such as jdbc:sqlite:./data/handoff.db; submits are then not part"
            + " of the application's transactions");
  }

  /// The settings name the application's own database, beside its DataSource.
  static UnsupportedStoreException ofApplicationsOwn() {
    return new UnsupportedStoreException(
        "handoff.store.url names the application's own database, where tasks are kept without it:"
            + " remove the setting, so that submits are part of the application's transactions");
  }

  /// The application's DataSource keeps its login to itself.
  static UnsupportedStoreException ofLogin() {
    return new UnsupportedStoreException(
        "the application's DataSource does not tell how it logs in, which the task store needs for"
            + " connections of its own: make it a HikariDataSource (it may wrap yours), or give"
            + " tasks a"
            + " database of their own with handoff.store.url");
  }

  /// It is unclear which of these DataSources is meant.
  static UnsupportedStoreException ofSeveral(List<String> beans) {
    return new UnsupportedStoreException(
        "the application has several DataSources, "
            + names(beans)
            + ": mark the one whose database shall keep the tasks with @Primary, or give tasks a"
            + " database of their own with handoff.store.url");
  }

  /// More than one of these DataSources is the primary one.
  static UnsupportedStoreException ofSeveralPrimary(List<String> beans) {
    return new UnsupportedStoreException(
        "more than one of the DataSources "
            + names(beans)
            + " is marked with @Primary: leave the mark on the one whose database shall keep the"
            + " tasks, or give tasks a database of their own with handoff.store.url");
  }

  /// The driver of the store's database is not on the class path.
  ///
  /// @param what what needs it, such as a setting
  /// @param dependency its coordinates
  static UnsupportedStoreException ofMissingDriver(String what, String dependency) {
    return new UnsupportedStoreException(
        what
            + " needs the dependency "
            + dependency
            + ", which is not on the class path (Spring Boot manages its version)");
  }

  private static String names(List<String> beans) {
    return beans.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  private static String kindOf(String url) {
    int end = url.indexOf(':', url.startsWith("jdbc:") ? "jdbc:".length() : 0);
    return end < 0 ? "a URL without a kind" : url.substring(0, end);
  }
}
