package dev.handoff.jdbc.sql;

import dev.handoff.HandoffException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/// Migrates the store's tables with the numbered files in `dev/handoff/jdbc/migrations`. They have
/// a history of their own, so the application can run its own migrations in the same database.
public final class Migrations {
  private static final String HISTORY = "handoff_schema_history";

  private final DataSource dataSource;
  private final Dialect dialect;

  /// The folder of each database, and the number of its last file, which a test compares with the
  /// files.
  public enum Dialect {
    SQLITE("sqlite", 6),
    POSTGRESQL("postgresql", 9);

    private final String folder;
    private final int latest;

    Dialect(String folder, int latest) {
      this.folder = folder;
      this.latest = latest;
    }

    public String folder() {
      return folder;
    }

    public int latest() {
      return latest;
    }

    private MigrationVersion version() {
      return MigrationVersion.fromVersion(Integer.toString(latest));
    }
  }

  public Migrations(DataSource dataSource, Dialect dialect) {
    this.dataSource = dataSource;
    this.dialect = dialect;
  }

  /// Runs the missing migrations. Costs one query if there are none.
  ///
  /// @throws HandoffException when a newer version has made tables that this one may not use
  public void run() {
    List<Applied> applied = history();
    refuseNewer(applied);
    if (applied.stream().anyMatch(each -> each.success() && each.compareTo(dialect) == 0)) {
      return;
    }
    migrate();
    // Another process with a newer version may have been at it meanwhile.
    refuseNewer(history());
  }

  private void migrate() {
    try {
      Flyway.configure()
          .dataSource(dataSource)
          .locations("classpath:dev/handoff/jdbc/migrations/" + dialect.folder)
          .table(HISTORY)
          // Where another process is at it, for as long as that takes.
          .lockRetryCount(-1)
          // The file may hold the application's tables before ours.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          // An "alter table" of SQLite's answers with rows of its own, which would be logged.
          .outputQueryResults(false)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new HandoffException(
          "the tables of the task store could not be brought up to date; nothing was lost, see the"
              + " cause",
          e);
    }
  }

  /// A migration that was run. An unknown one may name the version that can still use the tables:
  /// `V9__what_it_does__works_with_7.sql`.
  private record Applied(MigrationVersion version, String description, boolean success) {
    private static final Pattern WORKS_WITH = Pattern.compile("works with (\\d+)$");

    int compareTo(Dialect dialect) {
      return version.compareTo(dialect.version());
    }

    boolean worksWith(Dialect dialect) {
      Matcher said = WORKS_WITH.matcher(description);
      return compareTo(dialect) <= 0
          || (said.find()
              && MigrationVersion.fromVersion(said.group(1)).compareTo(dialect.version()) <= 0);
    }
  }

  private void refuseNewer(List<Applied> applied) {
    applied.stream()
        .filter(each -> !each.worksWith(dialect))
        .map(Applied::version)
        .max(Comparator.naturalOrder())
        .ifPresent(newest -> {
          throw new HandoffException(
              "the tables of the task store have version "
                  + newest
                  + ", made by a newer Handoff, and this one knows them up to version "
                  + dialect.latest()
                  + "; nothing was changed. Start the newer Handoff, or restore the backup from"
                  + " before its first start");
        });
  }

  private List<Applied> history() {
    List<Applied> applied = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select version, description, success from "
                    + HISTORY
                    + " where version is not null")) {
      while (rows.next()) {
        applied.add(
            new Applied(
                MigrationVersion.fromVersion(rows.getString("version")),
                rows.getString("description"),
                rows.getBoolean("success")));
      }
      return applied;
    } catch (SQLException noHistoryYet) {
      return List.of();
    }
  }
}
