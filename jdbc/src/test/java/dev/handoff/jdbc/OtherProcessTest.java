package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.HandoffException;
import dev.handoff.TaskId;
import dev.handoff.testing.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What another process does to the file, and what is done to a process.
final class OtherProcessTest {
  private static final int ENOUGH = 400;

  @TempDir private Path folder;

  private Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SubmittingProcess.class.getName(),
            file.toString())
        .redirectErrorStream(false)
        .redirectError(folder.resolve("stderr.txt").toFile())
        .start();
  }

  private static List<TaskId> readIds(BufferedReader output, int atMost) throws IOException {
    List<TaskId> ids = new ArrayList<>();
    String line = output.readLine();
    while (line != null) {
      TaskId.parse(line).ifPresent(ids::add);
      line = ids.size() < atMost ? output.readLine() : null;
    }
    return ids;
  }

  @Test
  void isKilledAndHasLostNothingThatReturned() throws Exception {
    Path file = folder.resolve("handoff.db");
    Process process = start(file);
    List<TaskId> returned;
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      returned = readIds(output, ENOUGH);
      assertRefused(file);
      // By its handle, which leaves what it printed to be read.
      process.toHandle().destroyForcibly();
      returned.addAll(readIds(output, Integer.MAX_VALUE));
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(returned).hasSizeGreaterThanOrEqualTo(ENOUGH);

    try (SqliteDatabase database = SqliteDatabase.open(SqliteSettings.at(file));
        SqliteTaskStore store =
            SqliteTaskStore.open(database, TestClock.atNine(), CallerTransaction.NONE)) {
      assertThat(returned).allMatch(id -> store.find(id).isPresent());
      assertIntact(database);
    }
  }

  private static void assertRefused(Path file) {
    assertThatThrownBy(() -> SqliteDatabase.open(SqliteSettings.at(file)))
        .isInstanceOf(HandoffException.class)
        .hasMessageContaining("in use by another process")
        .hasMessageContaining("stop that process");
  }

  private static void assertIntact(SqliteDatabase database) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("pragma integrity_check")) {
      assertThat(rows.getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void isThisOneWhenItOpensTheFileTwice() {
    Path file = folder.resolve("handoff.db");

    try (SqliteDatabase database = SqliteDatabase.open(SqliteSettings.at(file))) {
      assertThat(database.dataSource()).isNotNull();
      assertRefused(file);
    }
    SqliteDatabase.open(SqliteSettings.at(file)).close();
  }
}
