package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.jdbc.CallerTransaction;
import dev.handoff.jdbc.PostgresDatabase;
import dev.handoff.jdbc.PostgresSettings;
import dev.handoff.jdbc.PostgresTaskStore;
import dev.handoff.store.Node;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Durability;
import dev.handoff.testing.TestDatabase;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where the application's connections are encrypted, and know the server by its certificate, the
/// store's are and do.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class StoreEncryptionTest {
  private static final String PASSWORD = "changeit";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void theStoreVerifiesTheServerAsThePoolDoes() throws Exception {
    try (PostgresServer server = PostgresServer.own(Durability.UNSYNCED);
        HikariDataSource pool = new HikariDataSource()) {
      TestDatabase data = server.newDatabase();
      present(data, "first");
      pool.setJdbcUrl(data.url());
      pool.setUsername(data.username());
      pool.setPassword(data.password());
      pool.addDataSourceProperty("sslmode", "verify-full");
      pool.addDataSourceProperty("sslrootcert", folder.resolve("first.crt").toString());
      StoreLogin login = StoreLogin.of(pool);
      PostgresSettings settings = PostgresSettings.at("jdbc:postgresql:", "", "");
      try (PostgresDatabase database = PostgresDatabase.sharing(login, settings);
          PostgresTaskStore store = PostgresTaskStore.open(database, CallerTransaction.NONE)) {
        store.join(new Node(new NodeId("node"), Role.ALL), Duration.ofMinutes(1));
        assertThat(encrypted(data)).hasSizeGreaterThanOrEqualTo(2).containsOnly(true);

        // Somebody else answers at the same address.
        present(data, "second");
        assertThat(data.endSessions()).isPositive();

        assertThatThrownBy(login::getConnection)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("SSL");
        await()
            .during(Duration.ofSeconds(2))
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(encrypted(data)).isEmpty());
      }
    }
  }

  private void present(TestDatabase data, String name) throws Exception {
    createCertificate(name);
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set ssl_cert_file = '" + folder.resolve(name + ".crt") + "'");
      statement.execute("alter system set ssl_key_file = '" + folder.resolve(name + ".key") + "'");
      statement.execute("alter system set ssl = on");
      statement.execute("select pg_reload_conf()");
    }
    await().atMost(PATIENCE).until(() -> answersEncrypted(data, name));
  }

  private boolean answersEncrypted(TestDatabase data, String name) {
    try (Connection connection =
            java.sql.DriverManager.getConnection(
                data.url()
                    + "?sslmode=verify-full&sslrootcert="
                    + folder.resolve(name + ".crt")
                    + "&user="
                    + data.username());
        Statement statement = connection.createStatement()) {
      return statement.execute("select 1");
    } catch (SQLException notYet) {
      return false;
    }
  }

  // With the JDK's own tool, because a key in the repository would be everybody's.
  private void createCertificate(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    write(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
    write(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
  }

  private void write(String file, String kind, byte[] content) throws Exception {
    Path path = folder.resolve(file);
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        path,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind));
  }

  private static List<Boolean> encrypted(TestDatabase data) throws SQLException {
    List<Boolean> encrypted = new ArrayList<>();
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select s.ssl from pg_stat_ssl s join pg_stat_activity a on a.pid = s.pid
                where a.datname = current_database() and a.application_name like 'handoff%'
                """)) {
      while (rows.next()) {
        encrypted.add(rows.getBoolean(1));
      }
    }
    return encrypted;
  }
}
