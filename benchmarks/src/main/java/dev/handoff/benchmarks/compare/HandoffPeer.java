package dev.handoff.benchmarks.compare;

import dev.handoff.EngineEvent;
import dev.handoff.Extensions;
import dev.handoff.Handler;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.PostgresDatabase;
import dev.handoff.jdbc.PostgresSettings;
import dev.handoff.jdbc.PostgresTaskStore;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import dev.handoff.jdbc.Transactions;
import dev.handoff.store.TaskStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Handoff, as a node that only takes submits until [#work] is called.
final class HandoffPeer implements Peer {
  private static final TaskType<String, String> WORK =
      TaskType.of("work", String.class, String.class);
  private static final Submission BY = Submission.by("bench");

  private final TaskStore store;
  private final AtomicLong submitted = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private Handoff handoff;

  private HandoffPeer(TaskStore store) {
    this.store = store;
    this.handoff =
        start(HandoffConfig.defaults().withRole(Role.API), (_, _) -> Outcome.done("done"));
  }

  static HandoffPeer on(String url) {
    return open(PostgresSettings.at(url, "", ""));
  }

  /// On PostgreSQL behind a pooler in transaction mode, where no session can listen.
  static HandoffPeer behindPooler(String url) {
    return open(PostgresSettings.at(url, "", "").withNotifications(false));
  }

  /// On the embedded store in this folder.
  static HandoffPeer embedded(String folder) {
    SqliteSettings file = SqliteSettings.at(Path.of(folder, "handoff.db"));
    return new HandoffPeer(SqliteTaskStore.open(file, TimeSource.system()));
  }

  private static HandoffPeer open(PostgresSettings settings) {
    PostgresDatabase database = PostgresDatabase.open(settings);
    return new HandoffPeer(
        PostgresTaskStore.open(database, new Transactions(database.dataSource())));
  }

  private Handoff start(HandoffConfig config, Handler<String, String> handler) {
    return Handoff.start(
        store,
        List.of(WORK.handledBy(handler)),
        config,
        Extensions.defaults()
            .telling(event -> {
              if (event instanceof EngineEvent.AttemptEnded attempt && attempt.stored()) {
                ended.incrementAndGet();
              }
            }));
  }

  @Override
  public String submit(String request) {
    submitted.incrementAndGet();
    return handoff.submit(WORK, request, BY).toString();
  }

  @Override
  public void submitAll(List<String> requests) {
    submitted.addAndGet(requests.size());
    var _ = handoff.submitAll(WORK, requests, BY);
  }

  @Override
  public void work(Aim aim, Consumer<String> handler) {
    handoff.close();
    HandoffConfig defaults = HandoffConfig.defaults();
    HandoffConfig config =
        switch (aim) {
          case THROUGHPUT -> defaults.withConcurrency(1_000);
          case DEFAULTS -> defaults.withConcurrency(200);
          case LATENCY -> defaults;
          case WAITING -> defaults.withConcurrency(10_000);
        };
    handoff =
        start(
            config,
            (request, _) -> {
              handler.accept(request);
              return Outcome.done("done");
            });
  }

  @Override
  public boolean isDrained() {
    return ended.get() == submitted.get();
  }

  /// How many tasks' results this process has stored.
  long ended() {
    return ended.get();
  }

  @Override
  public boolean isKnown(String id) {
    return TaskId.parse(id).flatMap(handoff::find).isPresent();
  }
}
