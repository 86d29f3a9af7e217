package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.jdbc.sql.QuietUrl;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

final class QuietDataSourceTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db:5432/shop,                            jdbc:postgresql://db:5432/shop",
    "jdbc:postgresql://db/shop?password=s3cret,                 jdbc:postgresql://db/shop",
    "jdbc:postgresql://db/shop?ssl=true&sslpassword=s3cret,     jdbc:postgresql://db/shop",
    "jdbc:postgresql://asha:s3cret@db/shop,                     jdbc:postgresql://db/shop",
    "jdbc:postgresql://asha:s3@ret@db/shop?user=a@b,            jdbc:postgresql://db/shop",
    "jdbc:postgresql:shop?password=s3cret,                      jdbc:postgresql:shop",
    "jdbc:sqlserver://db;databaseName=shop;password=s3cret,     jdbc:sqlserver://db",
    "jdbc:sqlite:/data/handoff.db,                              jdbc:sqlite:/data/handoff.db"
  })
  void whatMayBeSecretIsLeftOut(String url, String quiet) {
    assertThat(QuietUrl.of(url)).isEqualTo(quiet);
  }

  @Test
  void theStoresMigrationsLogNoSecret() throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    String url = data.url() + (data.url().contains("?") ? "&" : "?");
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler kept = keeping(lines);
    Logger.getLogger("").addHandler(kept);
    try (PostgresDatabase database =
        PostgresDatabase.open(
            PostgresSettings.at(
                url + "sslpassword=s3cret-one&socketTimeout=7&password=s3cret-two",
                data.username(),
                data.password()))) {
      assertThat(database.dataSource()).isNotNull();
    } finally {
      Logger.getLogger("").removeHandler(kept);
    }

    assertThat(lines)
        .anyMatch(line -> line.contains("jdbc:postgresql:"))
        .noneMatch(line -> line.contains("s3cret"));
    data.drop();
  }

  private static Handler keeping(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(line.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void everythingElseIsTheWrappedOnes() throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    PGSimpleDataSource loud = new PGSimpleDataSource();
    loud.setUrl(data.url());
    loud.setUser(data.username());
    loud.setPassword(data.password());
    try (Connection connection = QuietDataSource.of(loud).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
      assertThatThrownBy(() -> statement.execute("select nothing from nowhere"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("nowhere");
    }
    assertThat(QuietDataSource.of(loud).isWrapperFor(PGSimpleDataSource.class)).isTrue();
    data.drop();
  }
}
