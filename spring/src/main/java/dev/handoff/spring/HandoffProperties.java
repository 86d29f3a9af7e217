package dev.handoff.spring;

import dev.handoff.Bounds;
import dev.handoff.HandoffConfig;
import dev.handoff.LeaseTerms;
import dev.handoff.Role;
import dev.handoff.spring.settings.SettingsCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of the engine and the HTTP API. An invalid value stops the start with a message that
/// names the setting.
///
/// @param dataDir folder of the database file and of uploads
/// @param role role of this node: `all`, `api` or `worker`
@ConfigurationProperties("handoff")
public record HandoffProperties(
    @DefaultValue("./data") Path dataDir,
    @DefaultValue Store store,
    @DefaultValue("all") Role role,
    @DefaultValue Worker worker,
    @DefaultValue Lease lease,
    @DefaultValue Streams streams,
    @DefaultValue Api api) {

  /// Settings of the store.
  ///
  /// @param url JDBC URL of the store; without it, the application's own database, or else a file
  ///   in `handoff.data-dir`
  /// @param username login name of the store at a PostgreSQL server
  /// @param password password of `handoff.store.username`
  /// @param connections largest number of the store's connections to a PostgreSQL server; the
  ///   application's connections are among them unless it has a `DataSource` of its own
  /// @param notifications whether nodes notify each other through the PostgreSQL server
  ///   (LISTEN/NOTIFY); set it to false behind a connection pooler in transaction mode
  public record Store(
      @DefaultValue("") String url,
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      @DefaultValue("20") int connections,
      @DefaultValue("true") boolean notifications) {
    private static final int MIN_CONNECTIONS = 4;

    /// Enough connections that the store and the application do not wait for each other.
    public Store {
      if (connections < MIN_CONNECTIONS) {
        throw new IllegalArgumentException(
            "handoff.store.connections is at least " + MIN_CONNECTIONS + ", was " + connections);
      }
    }

    /// Whether the settings name a database.
    public boolean isNamed() {
      return !url.isBlank();
    }

    /// Whether tasks are kept on a PostgreSQL server, which other nodes may use as well.
    public boolean isPostgres() {
      return url.startsWith("jdbc:postgresql:");
    }

    /// Leaves passwords out of logs.
    @Override
    public String toString() {
      return "Store[url=" + SettingsCheck.withoutSecrets(url) + ", username=" + username + "]";
    }
  }

  /// Settings of the attempts on this node.
  ///
  /// @param concurrency largest number of attempts that run at once on this node
  /// @param drain how long running attempts may continue after the node was told to stop
  /// @param flushEvery longest time for which progress and output are collected before they are
  ///   written
  /// @param keepAlive whether a node that runs tasks keeps its process running when nothing else
  ///   does, such as a web server
  public record Worker(
      @DefaultValue("100") int concurrency,
      @DefaultValue("10s") Duration drain,
      @DefaultValue("50ms") Duration flushEvery,
      @DefaultValue("true") boolean keepAlive) {
    private static final int MAX_CONCURRENCY = 100_000;

    /// At least one attempt, and no negative time.
    public Worker {
      if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
        throw new IllegalArgumentException(
            "handoff.worker.concurrency is 1 to " + MAX_CONCURRENCY + ", was " + concurrency);
      }
      requireNotNegative("handoff.worker.drain", drain);
      requireNotNegative("handoff.worker.flush-every", flushEvery);
    }
  }

  /// Settings of a node's lease, which decide how soon a dead node is noticed.
  ///
  /// @param length how long a node counts as alive after it last renewed its lease
  /// @param renewEvery interval at which a node renews its lease; at most half of
  ///   `handoff.lease.length`
  public record Lease(
      @DefaultValue("10s") Duration length, @DefaultValue("3s") Duration renewEvery) {
    /// Renewed twice within its length, at least.
    public Lease {
      LeaseTerms checked = new LeaseTerms(length, renewEvery);
      length = checked.length();
      renewEvery = checked.renewEvery();
    }
  }

  /// Settings of the live streams of task events.
  ///
  /// @param perOwner largest number of open streams of one owner on this node
  /// @param perNode largest number of open streams on this node
  /// @param pingEvery interval of pings on an idle stream
  /// @param writeLimit how long one write may wait for a slow reader before the stream is closed
  /// @param longest age at which a stream is closed; its reader reconnects
  public record Streams(
      @DefaultValue("20") int perOwner,
      @DefaultValue("10000") int perNode,
      @DefaultValue("15s") Duration pingEvery,
      @DefaultValue("20s") Duration writeLimit,
      @DefaultValue("1h") Duration longest) {
    /// Refuses values that are not positive.
    public Streams {
      if (perOwner < 1 || perNode < 1) {
        throw new IllegalArgumentException(
            "handoff.streams.per-owner and handoff.streams.per-node are at least 1, were "
                + perOwner
                + " and "
                + perNode);
      }
      requirePositive("handoff.streams.ping-every", pingEvery);
      requirePositive("handoff.streams.write-limit", writeLimit);
      requirePositive("handoff.streams.longest", longest);
    }
  }

  /// Settings of the HTTP API.
  ///
  /// @param path path under which the HTTP API is served, such as `/api/v1`
  /// @param bodyLimit largest size of a request body; a larger one is refused with 413
  /// @param uploadLimit largest size of a multipart request; a larger one is refused with 413
  /// @param openTypes names of the task types that may be submitted over HTTP; `*` for all
  /// @param submitsPerMinute largest number of tasks that one owner may submit in a minute on this
  ///   node; 0 for no limit
  /// @param idempotencyRetention how long an `Idempotency-Key` is remembered
  /// @param batchRetention how long a batch can be read after its submit
  public record Api(
      @DefaultValue("/handoff") String path,
      @DefaultValue("1MB") DataSize bodyLimit,
      @DefaultValue("8MB") DataSize uploadLimit,
      @DefaultValue List<String> openTypes,
      @DefaultValue("600") int submitsPerMinute,
      @DefaultValue("24h") Duration idempotencyRetention,
      @DefaultValue("7d") Duration batchRetention) {
    /// The path begins with a slash and does not end with one.
    public Api {
      if (!path.startsWith("/") || path.endsWith("/")) {
        throw new IllegalArgumentException(
            "handoff.api.path begins with a slash and does not end with one, was '" + path + "'");
      }
      if (submitsPerMinute < 0) {
        throw new IllegalArgumentException(
            "handoff.api.submits-per-minute is not negative, was " + submitsPerMinute);
      }
      requirePositive("handoff.api.body-limit", bodyLimit);
      requirePositive("handoff.api.upload-limit", uploadLimit);
      requirePositive("handoff.api.idempotency-retention", idempotencyRetention);
      requirePositive("handoff.api.batch-retention", batchRetention);
      openTypes = List.copyOf(openTypes);
    }
  }

  /// Returns the engine's configuration.
  public HandoffConfig engineConfig() {
    return new HandoffConfig(
        role,
        worker.concurrency(),
        new LeaseTerms(lease.length(), lease.renewEvery()),
        Bounds.DEFAULTS,
        worker.flushEvery(),
        worker.drain());
  }

  /// The file of the embedded store, where tasks are not on a server.
  ///
  /// @throws UnsupportedStoreException for a URL of another database
  public Path storeFile() {
    if (store.url().isBlank()) {
      return dataDir.resolve("handoff.db");
    }
    if (!store.url().startsWith("jdbc:sqlite:")) {
      throw UnsupportedStoreException.ofUrl(store.url());
    }
    return Path.of(store.url().substring("jdbc:sqlite:".length()));
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " is not negative, was " + value);
    }
  }

  private static void requirePositive(String name, DataSize value) {
    if (value.toBytes() <= 0) {
      throw new IllegalArgumentException(name + " is positive, was " + value);
    }
  }

  static void requirePositive(String name, @Nullable Duration value) {
    if (value == null || value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is positive, was " + value);
    }
  }
}
