package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.jdbc.CallerTransaction;
import dev.handoff.jdbc.PostgresDatabase;
import dev.handoff.jdbc.PostgresSettings;
import dev.handoff.jdbc.PostgresTaskStore;
import dev.handoff.store.Node;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// The store's connections are opened as the application's are.
final class StoreLoginTest {
  private static final String SOME_SERVER = "jdbc:postgresql:";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final NodeId NODE = new NodeId("node");

  private final TestDatabase data = PostgresServer.shared().newDatabase();
  private final String name = data.url().replaceAll("^.*/|\\?.*$", "");
  private final String first = name + "_first";
  private final String second = name + "_second";
  private final String tables = name + "_tables";
  private final HikariDataSource pool = new HikariDataSource();

  @BeforeEach
  void createRoles() throws SQLException {
    execute("create role " + tables);
    execute("create role " + first + " login in role " + tables);
    execute("create role " + second + " login in role " + tables);
    execute("create schema tasks authorization " + tables);
    pool.setMaximumPoolSize(2);
    pool.setMinimumIdle(0);
  }

  @AfterEach
  void close() {
    pool.close();
    data.drop();
  }

  private HikariDataSource byUrl() {
    pool.setJdbcUrl(data.url());
    pool.setUsername(first);
    return pool;
  }

  @Test
  void everyConnectionOfTheStoreIsPreparedAsThePoolsAre() throws SQLException {
    byUrl();
    pool.setConnectionInitSql("set role " + tables);
    pool.setSchema("tasks");
    pool.addDataSourceProperty("options", "-c work_mem=7MB");
    PostgresSettings settings = PostgresSettings.at(SOME_SERVER, "", "");
    try (PostgresDatabase database = PostgresDatabase.sharing(StoreLogin.of(pool), settings);
        PostgresTaskStore store = PostgresTaskStore.open(database, CallerTransaction.NONE)) {
      store.join(new Node(NODE, Role.ALL), Duration.ofMinutes(1));

      assertThat(values("select distinct tableowner from pg_tables where schemaname = 'tasks'"))
          .containsExactly(tables);
      try (Connection connection = database.dataSource().getConnection()) {
        assertThat(values(connection, "select current_user")).containsExactly(tables);
        assertThat(values(connection, "show work_mem")).containsExactly("7MB");
      }
      assertThat(
              values(
                  "select usename from pg_stat_activity where application_name = 'handoff session'"))
          .containsExactly(first);
      // It holds the node's lock, and wrote that into a table that only this role may write to.
      assertThat(values("select 1 from tasks.handoff_node where lock_key is not null")).hasSize(1);
    }
  }

  @Test
  void theLoginIsTheOneThatIsValidNow() throws SQLException {
    byUrl();
    pool.setConnectionInitSql("set role " + tables);
    pool.setSchema("tasks");
    PostgresSettings settings = PostgresSettings.at(SOME_SERVER, "", "");
    try (PostgresDatabase database = PostgresDatabase.sharing(StoreLogin.of(pool), settings);
        PostgresTaskStore store = PostgresTaskStore.open(database, CallerTransaction.NONE)) {
      store.join(new Node(NODE, Role.ALL), Duration.ofMinutes(1));
      execute("alter role " + first + " nologin");
      pool.getHikariConfigMXBean().setCredentials(Credentials.of(second, ""));
      assertThat(data.endSessions()).isPositive();

      assertThat(store.renew(NODE, Duration.ofMinutes(1))).isTrue();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(
                      values(
                          "select distinct usename from pg_stat_activity where application_name like"
                              + " 'handoff%'"))
                  .containsExactly(second));
    }
  }

  @Test
  void aProviderOfCredentialsIsAskedEachTime() throws SQLException {
    pool.setJdbcUrl(data.url());
    List<String> users = new CopyOnWriteArrayList<>(List.of(first));
    pool.setCredentialsProvider(() -> Credentials.of(users.getLast(), ""));
    StoreLogin login = StoreLogin.of(pool);
    assertThat(user(login)).isEqualTo(first);

    users.add(second);

    assertThat(user(login)).isEqualTo(second);
  }

  @Test
  void anyDataSourceUnderAPoolIsUsedAsItIs() throws SQLException {
    List<Connection> opened = new CopyOnWriteArrayList<>();
    PGSimpleDataSource driver = driver();
    driver.setApplicationName("by the driver");
    pool.setDataSource(
        new DelegatingDataSource(driver) {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            opened.add(connection);
            return connection;
          }
        });
    StoreLogin login = StoreLogin.of(pool);
    int before = opened.size();
    try (Connection one = login.getConnection();
        Connection other = login.getConnection()) {
      assertThat(opened).hasSize(before + 2).contains(one, other);
      assertThat(values(one, "show application_name")).containsExactly("by the driver");
    }
  }

  @Test
  void aPoolThatMakesItsDriverByItselfIsUsedAsItIs() throws SQLException {
    pool.setDataSourceClassName(PGSimpleDataSource.class.getName());
    pool.addDataSourceProperty("url", data.url());
    pool.addDataSourceProperty("applicationName", "by properties");
    pool.setUsername(first);
    StoreLogin login = StoreLogin.of(pool);

    try (Connection connection = login.getConnection()) {
      assertThat(values(connection, "show application_name")).containsExactly("by properties");
      assertThat(values(connection, "select current_user")).containsExactly(first);
    }
  }

  @Test
  void springsAndTheDriversAreUsedAsTheyAre() throws SQLException {
    assertThat(user(StoreLogin.of(driver()))).isEqualTo(first);
    DriverManagerDataSource simple = new DriverManagerDataSource(data.url(), first, "");
    assertThat(user(StoreLogin.of(simple))).isEqualTo(first);
    SingleConnectionDataSource one = new SingleConnectionDataSource(data.url(), first, "", true);
    StoreLogin login = StoreLogin.of(one);
    login.getConnection().close();
    assertThat(user(login)).isEqualTo(first);
    one.destroy();
  }

  private PGSimpleDataSource driver() {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(data.url());
    driver.setUser(first);
    return driver;
  }

  private static String user(DataSource login) throws SQLException {
    try (Connection connection = login.getConnection()) {
      return values(connection, "select current_user").getFirst();
    }
  }

  private List<String> values(String sql) throws SQLException {
    try (Connection connection = data.connect()) {
      return values(
          connection,
          sql.replace(
              "pg_stat_activity where", "pg_stat_activity where datname = current_database() and"));
    }
  }

  private static List<String> values(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
