package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.LogLevel;
import dev.handoff.LoggedEvent;
import dev.handoff.Payload;
import dev.handoff.Progress;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.UsageRecorded;
import dev.handoff.TaskId;
import dev.handoff.Usage;
import dev.handoff.store.Claim;
import dev.handoff.store.LogPage;
import dev.handoff.store.LogRange;
import dev.handoff.store.NewTask;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

interface EventLogContract extends StoreContract {
  @Test
  default void keepsEveryKindOfEvent() {
    NewTask given = submittedTask(aTask().withAttempts(5));
    Claim first = claimed(given.id());
    List<TaskEvent> reported = new ArrayList<>();
    reported.add(new ProgressReported(new Progress(0, null, null)));
    reported.add(new ProgressReported(new Progress(100, "", "")));
    reported.add(new UsageRecorded(new Usage("", 0, Long.MAX_VALUE)));
    for (LogLevel level : LogLevel.values()) {
      reported.add(new LineLogged(level, level.word()));
    }
    for (String text : HostileTexts.all()) {
      reported.add(new ProgressReported(new Progress(50, text, text)));
      reported.add(new LineLogged(LogLevel.INFO, text));
      reported.add(new ChunkEmitted(text));
    }
    reported.add(new ChunkEmitted("x".repeat(1 << 20)));
    for (FailureKind kind : FailureKind.values()) {
      reported.add(new AttemptFailed(1, new Failure(kind, "'" + kind), clock().instant()));
      append(first, reported.toArray(new TaskEvent[0]));
      reported.clear();
      first = claimed(given.id());
    }
    append(first, new AttemptSnoozed(clock().instant(), "\u0000"));
    complete(claimed(given.id()), "");

    assertReplaysToWhatIsStored(given);
    assertThat(events(given.id()).getLast().event()).isEqualTo(new TaskCompleted(new Payload("")));
  }

  private void assertReplaysToWhatIsStored(NewTask given) {
    assertThat(Replay.of(given, events(given.id()))).isEqualTo(task(given.id()));
  }

  @Test
  default void numbersEventsWithoutGaps() throws InterruptedException {
    NewTask given = submittedTask(aTask());
    Claim claim = claimed(given.id());

    List<Thread> writers =
        IntStream.range(0, 8)
            .mapToObj(n ->
                Thread.ofVirtual()
                    .start(() -> {
                      for (int i = 0; i < 25; i++) {
                        append(claim, new ChunkEmitted(n + "." + i), new ChunkEmitted("+"));
                      }
                    }))
            .toList();
    for (Thread writer : writers) {
      writer.join();
    }
    complete(claim, "done");

    assertThat(events(given.id()))
        .extracting(LoggedEvent::seq)
        .isEqualTo(LongStream.rangeClosed(1, 403).boxed().toList());
    assertReplaysToWhatIsStored(given);
  }

  @Test
  default void isReadInPieces() {
    Claim claim = claimed(aTask());
    TaskId id = claim.lease().task();
    append(claim, new ChunkEmitted("a"), new ChunkEmitted("b"), new ChunkEmitted("c"));
    complete(claim, "abc");
    List<LoggedEvent> all = events(id);

    assertThat(store().events(id, 0, 2)).isEqualTo(all.subList(0, 2));
    assertThat(store().events(id, 2, 3)).isEqualTo(all.subList(2, 5));
    assertThat(store().events(id, 5, 10)).isEqualTo(all.subList(5, 6));
    assertThat(store().events(id, 6, 10)).isEmpty();
    assertThat(store().events(TaskDraft.nextId(clock().instant()), 0, 10)).isEmpty();
  }

  @Test
  default void isReadInPartsForFollowers() {
    Claim claim = claimed(aTask().keptFor(Duration.ZERO));
    TaskId id = claim.lease().task();
    append(
        claim, new ChunkEmitted("a"), new ChunkEmitted("é".repeat(1_000)), new ChunkEmitted("c"));
    append(claim, new ChunkEmitted("d"), new ChunkEmitted("e"));
    List<LoggedEvent> open = events(id);
    complete(claim, "abc");

    assertThat(log(id, 1, 100, 1 << 20)).hasSize(8);
    assertThat(log(id, 1, 100, 1 << 20).subList(0, 7)).isEqualTo(open);
    assertThat(log(id, 1, 100, 1 << 20).getLast().event())
        .isEqualTo(new TaskCompleted(new Payload("abc")));
    assertThat(log(id, 2, 3, 1 << 20)).isEqualTo(open.subList(1, 4));
    assertThat(log(id, 4, 100, 1)).isEqualTo(open.subList(3, 6));
    assertThat(log(id, 4, 100, 1_900)).isEqualTo(open.subList(3, 6));
    assertThat(log(id, 4, 100, 2_500)).hasSize(5);
    assertThat(log(id, 9, 100, 1)).isEmpty();
    assertThat(store().find(id)).isEmpty();
    assertThat(store().log(new LogRange(TaskDraft.nextId(clock().instant()), 1, 9, 9))).isEmpty();
  }

  private List<LoggedEvent> log(TaskId id, long from, int atMost, int bytes) {
    LogPage page = store().log(new LogRange(id, from, atMost, bytes)).orElseThrow();
    assertThat(page.last()).isEqualTo(8);
    return page.events();
  }

  @Test
  default void isReadByFollowersForAMinuteAfterTheEnd() {
    Claim claim = claimed(aTask().keptFor(Duration.ZERO));
    LogRange all = new LogRange(claim.lease().task(), 1, 9, 1 << 20);
    complete(claim, "done");
    clock().advance(TaskStore.TOLD_FOR.minusMillis(1));

    assertThat(store().purge(10, TaskStore.TOLD_FOR)).isZero();
    assertThat(store().log(all).orElseThrow().events()).hasSize(3);

    clock().advance(Duration.ofMillis(1));
    assertThat(store().log(all)).isEmpty();
    assertThat(store().purge(10, TaskStore.TOLD_FOR)).isEqualTo(1);
  }

  @Test
  default void isAnnouncedAsItIsKept() {
    RecordedEvents recorded = new RecordedEvents();
    store().listen(recorded);
    clock().advance(Duration.ofNanos(123_456_789));

    Claim claim = claimed(aTask());
    TaskId id = claim.lease().task();
    append(claim, new ChunkEmitted("a"), new ChunkEmitted("b"));
    append(claim, new AttemptSnoozed(clock().instant(), "later"));
    store().cancel(id, "not needed");

    recorded.awaitExactly(id, events(id));
    assertThat(recorded.of(id)).hasSize(6);
  }

  @Test
  default void survivesAListenerThatFails() {
    RecordedEvents recorded = new RecordedEvents();
    store().listen(new FailingListener());
    store().listen(recorded);

    TaskId id = submitted(aTask());

    recorded.awaitExactly(id, events(id));
    assertThat(task(submitted(aTask())).isTerminal()).isFalse();
  }

  @Test
  default void survivesARestart() {
    NewTask given = submittedTask(aTask());
    Claim claim = claimed(given.id());
    append(claim, new ChunkEmitted("before"));
    List<LoggedEvent> before = events(given.id());

    reopen();

    assertThat(events(given.id())).isEqualTo(before);
    assertThat(append(claim, new ChunkEmitted("after"))).isTrue();
    assertReplaysToWhatIsStored(given);
  }
}
