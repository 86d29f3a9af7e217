package dev.handoff.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/// A copy of a running server's data that another server can follow it from: what `pg_basebackup`
/// does, which the embedded binaries do not have.
final class StandbyBackup {
  /// Files of the process, and what each server makes for itself.
  private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

  private static final Set<String> EMPTIED = Set.of("pg_replslot", "pg_stat_tmp", "pg_notify");

  private StandbyBackup() {}

  /// Copies the data of the server at this address into a folder that does not exist.
  static void copy(PostgresAddress server, Path from, Path to) {
    try (Connection connection = PostgresServer.connect(server);
        Statement statement = connection.createStatement()) {
      // Keeps the log from here on until the copy reads it.
      statement.execute("alter system set wal_keep_size = '512MB'");
      statement.execute("select pg_reload_conf()");
      statement.execute("select pg_backup_start('standby', true)");
      copyFiles(from, to);
      try (ResultSet label =
          statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        label.next();
        Files.writeString(to.resolve("backup_label"), label.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the server gives no base backup", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the server's data cannot be copied", e);
    }
  }

  /// Makes the copy follow the server at this port under this name, when it is started.
  static void follow(Path copy, int port, String name) {
    try {
      Files.createFile(copy.resolve("standby.signal"));
      Files.writeString(
          copy.resolve("postgresql.auto.conf"),
          "\nprimary_conninfo = 'host=localhost port=%d user=postgres application_name=%s'\n"
              .formatted(port, name),
          UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the copy cannot be made a standby", e);
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectory(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(folder).toString());
            if (!folder.equals(from)) {
              Files.createDirectory(copy);
            }
            return EMPTIED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!LEFT_OUT.contains(file.getFileName().toString())) {
              copyFile(file, to.resolve(from.relativize(file).toString()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
            if (gone instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw gone;
          }
        });
  }

  // The server keeps running: a file may be gone, and torn pages are repaired from its log.
  private static void copyFile(Path file, Path copy) throws IOException {
    try {
      Files.copy(file, copy);
    } catch (NoSuchFileException gone) {
      Files.deleteIfExists(copy);
    }
  }
}
