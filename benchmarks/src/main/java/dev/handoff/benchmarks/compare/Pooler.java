package dev.handoff.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// pgbouncer in transaction mode before a PostgreSQL server.
record Pooler(int port, MeasuredFolder folder, Child process) implements AutoCloseable {
  static Pooler start(DurableServer server) throws IOException {
    MeasuredFolder folder = MeasuredFolder.create();
    int port = RedisServer.freePort();
    Path settings = folder.path().resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=127.0.0.1 port=%d user=postgres
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        default_pool_size = 20
        max_client_conn = 200
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(server.port(), port));
    Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = new ArrayList<>(List.of("pgbouncer", "-q"));
    if (System.getProperty("user.name").equals("root")) {
      // It refuses to run as root.
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(settings.toString());
    return new Pooler(port, folder, Child.start(command));
  }

  /// The database of this name, seen through the pooler. It is of a version that knows no prepared
  /// statements across transactions.
  String url(String database) {
    return DurableServer.url(port, database) + "&prepareThreshold=0";
  }

  @Override
  public void close() throws IOException {
    process.close();
    folder.close();
  }
}
