package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EndListener;
import dev.handoff.Extensions;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How every engine announces ends, on every store: extend it with a store to run it there.
public abstract class EndListenerContract {
  private static final TaskType<String, String> WORK = type("work", Policy.DEFAULTS);

  private final TestClock clock = TestClock.atNine();
  private final List<Handoff> started = new ArrayList<>();
  private TaskStore store;

  protected abstract TaskStore open(TimeSource clock) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open(clock);
  }

  @AfterEach
  final void close() {
    started.reversed().forEach(Handoff::close);
    store.close();
  }

  private interface OnEnd {
    void told(Task task) throws Exception;
  }

  // Wants what Asha submits.
  private static EndListener wantingAshas(OnEnd onEnd) {
    return new EndListener() {
      @Override
      public boolean wants(String type, Submission submission) {
        return submission.owner().equals("asha");
      }

      @Override
      public void onEnd(Task task) throws Exception {
        onEnd.told(task);
      }
    };
  }

  private Handoff start(EndListener ends) {
    return kept(
        Handoff.start(
            store,
            List.of(WORK.handledBy((name, ignored) -> Outcome.done("Hello " + name))),
            HandoffConfig.defaults(),
            Extensions.defaults().telling(ignored -> {}).announcingTo(ends)));
  }

  private Handoff kept(Handoff handoff) {
    started.add(handoff);
    return handoff;
  }

  @Test
  final void announcesAtOnceWhatIsWanted() {
    List<Task> told = new CopyOnWriteArrayList<>();
    Handoff handoff = start(wantingAshas(told::add));
    TaskId unwanted = handoff.submit(WORK, "Ravi", Submission.by("ravi"));
    await().atMost(PATIENCE).until(() -> handoff.find(unwanted).orElseThrow().isTerminal());

    TaskId wanted = handoff.submit(WORK, "Asha", BY_ASHA);

    await().atMost(PATIENCE).until(() -> !told.isEmpty());
    assertThat(told).containsExactly(handoff.find(wanted).orElseThrow());
  }

  @Test
  final void tellsAgainWhatTheListenerDidNotTakeAndTheOthersMeanwhile() {
    AtomicInteger refused = new AtomicInteger();
    List<TaskId> told = new CopyOnWriteArrayList<>();
    Handoff handoff =
        start(
            wantingAshas(task -> {
              // However often it is asked before: a node looks again when it may have missed hints.
              if (task.submission().subjectKey().isPresent() && told.isEmpty()) {
                refused.incrementAndGet();
                throw new IllegalStateException("not now");
              }
              told.add(task.id());
            }));
    TaskId bad = handoff.submit(WORK, "a", BY_ASHA.about("bad"));
    await().atMost(PATIENCE).until(() -> refused.get() > 0);
    TaskId good = handoff.submit(WORK, "b", BY_ASHA);
    await().atMost(PATIENCE).until(() -> told.contains(good));

    await()
        .atMost(PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(15));
          return told.contains(bad);
        });

    assertThat(told).containsExactly(good, bad);
  }

  @Test
  final void theNextNodeAnnouncesWhatTheOneBeforeCouldNot() {
    Handoff first =
        start(
            wantingAshas(ignored -> {
              throw new IllegalStateException("about to die");
            }));
    TaskId task = first.submit(WORK, "Asha", BY_ASHA);
    await().atMost(PATIENCE).until(() -> first.find(task).orElseThrow().isTerminal());
    first.close();
    List<TaskId> told = new CopyOnWriteArrayList<>();

    var ignored = start(wantingAshas(ended -> told.add(ended.id())));

    await().atMost(PATIENCE).until(() -> told.contains(task));
  }

  @Test
  final void byHandItAnnouncesAndRunsWhatFollows() {
    List<String> told = new ArrayList<>();
    List<Handoff> self = new ArrayList<>();
    EndListener chain =
        wantingAshas(task -> {
          told.add(task.result().orElseThrow().text());
          if (told.size() < 3) {
            var ignored = self.getFirst().submit(WORK, "next " + told.size(), BY_ASHA);
          }
        });
    Handoff handoff =
        kept(
            Handoff.startByHand(
                store,
                List.of(WORK.handledBy((name, ignored) -> Outcome.done(name))),
                HandoffConfig.defaults(),
                Extensions.defaults().announcingTo(chain)));
    self.add(handoff);
    var ignored = handoff.submit(WORK, "first", BY_ASHA);

    handoff.runDue();

    assertThat(told).containsExactly("first", "next 1", "next 2");
  }
}
