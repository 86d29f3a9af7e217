package dev.handoff.jdbc;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.HandoffException;
import dev.handoff.LeaseTerms;
import dev.handoff.Role;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;

/// A worker process that [ChaosTest] kills, freezes, and cuts off from its database.
final class ChaosNode {
  static final HandoffConfig CONFIG =
      HandoffConfig.defaults()
          .withConcurrency(40)
          .withLease(new LeaseTerms(Duration.ofSeconds(2), Duration.ofMillis(500)));

  private static final Duration CONNECTING = Duration.ofSeconds(60);

  private ChaosNode() {}

  /// Takes the URL, the login's name and password, and the file. Ends when its input does.
  public static void main(String[] arguments) throws Exception {
    PostgresSettings settings =
        PostgresSettings.at(arguments[0], arguments[1], arguments[2]).withConnections(8);
    try (OutputStream journal = new FileOutputStream(arguments[3]);
        PostgresDatabase database = patiently(() -> PostgresDatabase.open(settings));
        PostgresTaskStore store =
            patiently(() -> PostgresTaskStore.open(database, CallerTransaction.NONE));
        Handoff _ =
            patiently(() ->
                Handoff.start(
                    store, new ChaosHandlers(journal).types(), CONFIG.withRole(Role.WORKER)))) {
      System.out.println("started");
      while (System.in.read() >= 0) {
        // Until whoever started it is gone.
      }
    }
  }

  interface StoreOpening<T> {
    T open();
  }

  /// Opens it, again and again for a minute: it may be asked for while the server is away, refuses
  /// logins or cancels statements, and a supervisor would start the process anew.
  static <T> T patiently(StoreOpening<T> opening) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long until = System.nanoTime() + CONNECTING.toNanos();
    while (true) {
      try {
        return opening.open();
      } catch (HandoffException | FlywayException refused) {
        if (System.nanoTime() > until) {
          throw refused;
        }
        var _ = never.await(200, TimeUnit.MILLISECONDS);
      }
    }
  }
}
