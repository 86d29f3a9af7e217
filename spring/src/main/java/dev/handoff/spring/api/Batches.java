package dev.handoff.spring.api;

import dev.handoff.Handoff;
import dev.handoff.TaskId;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.Times;
import dev.handoff.Work;
import dev.handoff.spring.api.SubmitReader.SubmitReading;
import dev.handoff.spring.api.SubmitTables.StoredBatch;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.wire.BatchTakenView.Item;
import dev.handoff.spring.wire.BatchView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// Tasks that were submitted together. Safe for use by many threads.
final class Batches {
  private static final String EXPIRED = "expired";
  // Enough to share the store's commits, few enough to leave capacity for other calls.
  private static final int CANCELS_AT_ONCE = 32;
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private final Handoff handoff;
  private final SubmitTables tables;
  private final Duration kept;

  Batches(Handoff handoff, SubmitTables tables, Duration kept) {
    this.handoff = handoff;
    this.tables = tables;
    this.kept = kept;
  }

  /// Submits the accepted tasks and stores the refusals of the others. Called within a transaction.
  ///
  /// @return the batch's id
  String submit(Caller caller, List<SubmitReading> read, String path) {
    List<Work<?>> works = new ArrayList<>(read.size());
    for (SubmitReading reading : read) {
      if (reading instanceof SubmitReading.AcceptedSubmit(var work)) {
        works.add(work);
      }
    }
    Iterator<TaskId> ids = handoff.submitAll(works).iterator();
    List<Item> items =
        read.stream()
            .map(reading ->
                switch (reading) {
                  case SubmitReading.AcceptedSubmit ignored -> Item.task(ids.next().toString());
                  case SubmitReading.RefusedSubmit refused -> BatchCalls.refused(refused, path);
                })
            .toList();
    Instant now = handoff.clock().instant();
    StoredBatch batch = new StoredBatch(UUID.randomUUID().toString(), now, items);
    tables.add(batch, IdempotencyKey.scope(caller), Times.plus(now, kept));
    return batch.id();
  }

  /// The caller's batch with this id.
  Optional<StoredBatch> find(Caller caller, String id) {
    return ID.matcher(id).matches()
        ? tables.batch(id, IdempotencyKey.scope(caller), handoff.clock().instant())
        : Optional.empty();
  }

  BatchView view(StoredBatch batch) {
    List<TaskId> ids = tasks(batch);
    Map<TaskId, TaskSummary> found = new HashMap<>();
    handoff.findAll(ids).forEach(task -> found.put(task.id(), task));
    Map<String, Integer> counts = new HashMap<>();
    List<BatchView.Item> items = new ArrayList<>(ids.size());
    for (TaskId id : ids) {
      TaskSummary task = found.get(id);
      String state = task == null ? EXPIRED : task.status().word();
      counts.merge(state, 1, Integer::sum);
      items.add(new BatchView.Item(id.toString(), state));
    }
    int queued = counts.getOrDefault(TaskStatus.QUEUED.word(), 0);
    int processing = counts.getOrDefault(TaskStatus.PROCESSING.word(), 0);
    return new BatchView(
        batch.id(),
        batch.createdAt(),
        ids.size(),
        new BatchView.Counts(
            queued,
            processing,
            counts.getOrDefault(TaskStatus.COMPLETED.word(), 0),
            counts.getOrDefault(TaskStatus.FAILED.word(), 0),
            counts.getOrDefault(TaskStatus.CANCELLED.word(), 0),
            counts.getOrDefault(EXPIRED, 0)),
        queued + processing == 0,
        items);
  }

  /// Cancels the open tasks of a batch.
  void cancel(StoredBatch batch) throws InterruptedException {
    List<Callable<Boolean>> cancels = new ArrayList<>();
    for (TaskSummary task : handoff.findAll(tasks(batch))) {
      if (task.status() == TaskStatus.QUEUED || task.status() == TaskStatus.PROCESSING) {
        cancels.add(() -> handoff.cancel(task.id(), TaskCalls.BY_ITS_OWNER));
      }
    }
    try (ExecutorService together =
        Executors.newFixedThreadPool(CANCELS_AT_ONCE, Thread.ofVirtual().factory())) {
      for (var cancelled : together.invokeAll(cancels)) {
        if (cancelled.state() == java.util.concurrent.Future.State.FAILED
            && cancelled.exceptionNow() instanceof RuntimeException failure) {
          throw failure;
        }
      }
    }
  }

  private static List<TaskId> tasks(StoredBatch batch) {
    return batch.items().stream()
        .flatMap(item -> Optional.ofNullable(item.id()).stream())
        .flatMap(id -> TaskId.parse(id).stream())
        .toList();
  }
}
