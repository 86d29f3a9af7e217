package dev.handoff.jdbc;

import dev.handoff.Handoff;
import dev.handoff.HandoffException;
import dev.handoff.Priority;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.Work;
import dev.handoff.jdbc.sql.Uninterrupted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Hands off tasks of every kind while [ChaosTest] does its worst, cancels some, and has failed
/// ones tried again. Remembers what it was told, for [ChaosCheck]. What is refused is not asked for
/// again: whether it was stored is not known, and if it was, it must end like all others.
final class ChaosSubmits {
  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int BATCH = 20;
  private static final int BATCHES_TO_A_CANCEL = 4;
  private static final int BATCHES_TO_A_TRANSACTION = 4;
  private static final int TASKS_TO_A_DELAY = 6;
  private static final int REQUESTS_TO_SHARE = 6;

  private final Handoff api;
  private final Transactions transactions;
  private final Random random;
  private final CountDownLatch never = new CountDownLatch(1);
  private final Queue<AcknowledgedSubmit> told = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> sizes = new ConcurrentHashMap<>();
  private final Set<TaskId> cancelled = ConcurrentHashMap.newKeySet();
  private final Map<TaskId, RetryCount> retries = new ConcurrentHashMap<>();
  private int batches;
  private int refusals;

  /// A submit that was acknowledged with this id.
  record AcknowledgedSubmit(TaskId id, ChaosKind kind, String request, Submission submission) {}

  /// How often a task was asked to be tried again, and how often that was acknowledged.
  record RetryCount(int asked, int made) {}

  /// Transactions are those that the store joins.
  ChaosSubmits(Handoff api, Transactions transactions, Random random) {
    this.api = api;
    this.transactions = transactions;
    this.random = random;
  }

  /// Submits so many, spread over the time, or over longer on a slow machine; a few of them compute
  /// for at most `longest`. Gives up when everything has been refused for longer than any blow
  /// lasts.
  void run(int tasks, Duration time, Duration longest) {
    long begin = System.nanoTime();
    long lastTaken = begin;
    int computations = (int) Math.max(3, time.toSeconds() / 30);
    int computed = 0;
    while (told.size() < tasks && System.nanoTime() - lastTaken < PATIENCE.toNanos()) {
      int before = told.size();
      if (told.size() * (long) computations >= (long) computed * tasks) {
        computed++;
        compute(Math.min(longest.toMillis(), 3_000));
      }
      submitBatch();
      lastTaken = told.size() > before ? System.nanoTime() : lastTaken;
      long due = time.toMillis() * told.size() / tasks;
      pause(Math.max(5, due - (System.nanoTime() - begin) / 1_000_000));
    }
  }

  // As many at once as there are carriers of virtual threads.
  private void compute(long longest) {
    List<Work<String>> works = new ArrayList<>();
    String tag = "b" + batches++;
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      String request = tag + " " + random.nextLong(longest / 3, longest);
      works.add(new Work<>(ChaosKind.COMPUTES.type(), request, submission(ChaosKind.COMPUTES)));
    }
    sizes.put(tag, works.size());
    submit(works, false);
  }

  private void submitBatch() {
    boolean within = random.nextInt(BATCHES_TO_A_TRANSACTION) == 0;
    boolean mixed = random.nextBoolean();
    String tag = (within ? "t" : "b") + batches++;
    int size = 1 + random.nextInt(2 * BATCH - 1);
    int own = 0;
    ChaosKind kind = draw(within);
    List<Work<String>> works = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      kind = mixed ? draw(within) : kind;
      String request =
          kind.isShared() ? "request " + random.nextInt(REQUESTS_TO_SHARE) : tag + " " + i;
      works.add(new Work<>(kind.type(), request, submission(kind)));
      own += kind.isShared() ? 0 : 1;
    }
    sizes.put(tag, own);
    List<TaskId> ids = submit(works, within);
    if (!ids.isEmpty() && random.nextInt(BATCHES_TO_A_CANCEL) == 0) {
      cancel(ids.get(random.nextInt(ids.size())));
    }
  }

  private ChaosKind draw(boolean within) {
    List<ChaosKind> kinds = new ArrayList<>(List.of(ChaosKind.values()));
    kinds.remove(ChaosKind.COMPUTES);
    if (!within) {
      kinds.remove(ChaosKind.PAID_AHEAD);
    }
    return kinds.get(random.nextInt(kinds.size()));
  }

  private Submission submission(ChaosKind kind) {
    int tenant = random.nextInt(4);
    Submission submission =
        Submission.by("owner" + random.nextInt(3))
            .withPriority(PRIORITIES.get(random.nextInt(PRIORITIES.size())));
    if (tenant > 0) {
      submission = submission.inTenant("tenant" + tenant);
    }
    return random.nextInt(TASKS_TO_A_DELAY) == 0 && !kind.isShared()
        ? submission.startingAt(
            api.clock().instant().plusMillis(random.nextInt(3_000)).truncatedTo(ChronoUnit.MILLIS))
        : submission;
  }

  private List<TaskId> submit(List<Work<String>> works, boolean within) {
    List<TaskId> ids;
    try {
      ids = within ? submitWithin(works) : api.submitAll(works);
    } catch (HandoffException | SQLException refused) {
      refusals++;
      pause(100);
      return List.of();
    }
    for (int i = 0; i < works.size(); i++) {
      Work<String> work = works.get(i);
      ChaosKind kind = ChaosKind.of(work.type().name());
      told.add(new AcknowledgedSubmit(ids.get(i), kind, work.request(), work.submission()));
    }
    return ids;
  }

  // With an order for each task, and units for those that are paid ahead.
  private List<TaskId> submitWithin(List<Work<String>> works) throws SQLException {
    return transactions.inTransaction(connection -> {
      List<TaskId> ids = api.submitAll(works);
      for (int i = 0; i < ids.size(); i++) {
        ChaosKind kind = ChaosKind.of(works.get(i).type().name());
        if (!kind.isShared()) {
          order(connection, ids.get(i));
        }
        if (kind == ChaosKind.PAID_AHEAD) {
          var _ =
              api.budgets().reserve(ids.get(i), ChaosKind.account(ids.get(i)), ChaosKind.RESERVED);
        }
      }
      return ids;
    });
  }

  private static void order(Connection connection, TaskId id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into chaos_order (task) values (?)")) {
      insert.setString(1, id.toString());
      insert.executeUpdate();
    }
  }

  // Noted first, for a cancel whose answer is lost may have happened.
  private void cancel(TaskId unwanted) {
    cancelled.add(unwanted);
    try {
      var _ = api.cancel(unwanted, "not wanted any more");
    } catch (HandoffException refused) {
      refusals++;
    }
  }

  /// Has these tried again.
  void retry(List<TaskId> failed) {
    for (TaskId each : failed) {
      note(each, new RetryCount(1, 0));
      try {
        if (api.retry(each)) {
          note(each, new RetryCount(0, 1));
        }
      } catch (HandoffException refused) {
        // The next look finds it, if it has failed still.
      }
    }
  }

  private void note(TaskId task, RetryCount more) {
    retries.merge(task, more, (a, b) -> new RetryCount(a.asked() + b.asked(), a.made() + b.made()));
  }

  private void pause(long millis) {
    Uninterrupted.run(() -> {
      var _ = never.await(millis, TimeUnit.MILLISECONDS);
    });
  }

  List<AcknowledgedSubmit> told() {
    return List.copyOf(told);
  }

  /// How many tasks of its own each batch asked for, by the word that their requests begin with.
  Map<String, Integer> sizes() {
    return Map.copyOf(sizes);
  }

  Set<TaskId> cancelled() {
    return cancelled;
  }

  RetryCount retries(TaskId task) {
    return retries.getOrDefault(task, new RetryCount(0, 0));
  }

  int retried() {
    return retries.values().stream().mapToInt(RetryCount::made).sum();
  }

  int refusals() {
    return refusals;
  }
}
