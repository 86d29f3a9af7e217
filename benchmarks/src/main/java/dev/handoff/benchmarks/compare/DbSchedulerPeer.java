package dev.handoff.benchmarks.compare;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.handoff.TimeSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.sql.DataSource;

final class DbSchedulerPeer implements Peer {
  private static final Duration POLL = Duration.ofSeconds(1);
  // Its documented table and indexes but the one for priorities, which are off.
  private static final String TABLE =
      """
      create table if not exists scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamp with time zone not null,
        picked boolean not null,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance));
      create index if not exists execution_time_idx on scheduled_tasks (execution_time);
      create index if not exists last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  private final DataSource pool;
  private final TimeSource clock = TimeSource.system();
  private SchedulerClient client;

  DbSchedulerPeer(String url) throws SQLException {
    pool = Pool.of(url);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    client = SchedulerClient.Builder.create(pool, task(_ -> {})).build();
  }

  private static OneTimeTask<String> task(Consumer<String> handler) {
    return Tasks.oneTime("work", String.class)
        .execute((instance, _) -> handler.accept(instance.getData()));
  }

  private static TaskInstance<String> instance(String request) {
    return new TaskInstance<>("work", UUID.randomUUID().toString(), request);
  }

  @Override
  public String submit(String request) {
    TaskInstance<String> instance = instance(request);
    Instant now = clock.instant();
    if (!client.scheduleIfNotExists(instance, now)) {
      throw new IllegalStateException("not taken: " + instance);
    }
    return instance.getId();
  }

  @Override
  public void submitAll(List<String> requests) {
    List<TaskInstance<?>> instances = new ArrayList<>();
    requests.forEach(request -> instances.add(instance(request)));
    client.scheduleBatch(instances, clock.instant());
  }

  @Override
  public void work(Aim aim, Consumer<String> handler) {
    SchedulerBuilder builder = Scheduler.create(pool, task(handler));
    Scheduler scheduler =
        switch (aim) {
          case THROUGHPUT ->
              builder.threads(50).pollUsingLockAndFetch(1.0, 4.0).pollingInterval(POLL).build();
          case LATENCY ->
              builder
                  .threads(50)
                  .pollUsingLockAndFetch(0.5, 1.0)
                  .pollingInterval(POLL)
                  .enableImmediateExecution()
                  .build();
          case WAITING ->
              builder
                  .executorService(Executors.newVirtualThreadPerTaskExecutor())
                  .threads(10_000)
                  .pollUsingLockAndFetch(0.5, 1.0)
                  .pollingInterval(POLL)
                  .build();
          case DEFAULTS -> builder.threads(200).build();
        };
    scheduler.start();
    // Only a submit through the scheduler itself gives it the hint for immediate execution.
    client = scheduler;
  }

  @Override
  public boolean isDrained() {
    // A finished task's row is deleted.
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet left = statement.executeQuery("select 1 from scheduled_tasks limit 1")) {
      return !left.next();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for waiting tasks", e);
    }
  }

  @Override
  public boolean isKnown(String id) {
    return client.getScheduledExecution(TaskInstanceId.of("work", id)).isPresent();
  }
}
