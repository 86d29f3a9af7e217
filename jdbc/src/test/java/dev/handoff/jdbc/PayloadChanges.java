package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.handoff.EngineEvent.AttemptEnded;
import dev.handoff.Extensions;
import dev.handoff.FailureKind;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.PayloadCodec;
import dev.handoff.Policy;
import dev.handoff.Priority;
import dev.handoff.RetryPolicy;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// What happens to waiting tasks when the code that runs next has changed their request's type.
abstract class PayloadChanges {
  private static final String NAME = "letters.write";
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Policy FOR_AN_HOUR =
      Policy.DEFAULTS.withRetry(RetryPolicy.DEFAULTS.givingUpAfter(AN_HOUR));
  private static final Submission BY_ASHA = Submission.by("asha");

  private final TestClock clock = TestClock.atNine();
  private final List<Handoff> nodes = new ArrayList<>();
  private TaskStore store;

  abstract TaskStore open(TimeSource clock);

  @BeforeEach
  final void openStore() {
    store = open(clock);
  }

  @AfterEach
  final void close() {
    nodes.reversed().forEach(Handoff::close);
    store.close();
  }

  enum Mood {
    WARM,
    COOL
  }

  enum OtherTone {
    LOUD
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
  sealed interface Address {}

  record Street(String name) implements Address {}

  record Mailbox(int number) implements Address {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
  sealed interface LaterAddress {}

  record Email(String name) implements LaterAddress {}

  record Letter(String text, int pages, Mood tone, Address to) {}

  record RenamedText(String body, int pages, Mood tone, Address to) {}

  record WithoutPages(String text, Mood tone, Address to) {}

  record WithFlag(String text, int pages, Mood tone, Address to, boolean urgent) {}

  record WithLanguage(String text, int pages, Mood tone, Address to, String language) {}

  record PagesAsText(String text, String pages, Mood tone, Address to) {}

  record TextAsList(List<String> text, int pages, Mood tone, Address to) {}

  record PagesAsTruth(String text, boolean pages, Mood tone, Address to) {}

  record PagesAsTone(String text, Mood pages, Mood tone, Address to) {}

  record LostTone(String text, int pages, OtherTone tone, Address to) {}

  record LostAddress(String text, int pages, Mood tone, LaterAddress to) {}

  /// As applications without records have it.
  public static final class LetterBean {
    private String body = "";
    private int pages;

    public String getBody() {
      return body;
    }

    public void setBody(String body) {
      this.body = body;
    }

    public int getPages() {
      return pages;
    }

    public void setPages(int pages) {
      this.pages = pages;
    }
  }

  private static Letter letter(int pages) {
    return new Letter("Dear Ben", pages, Mood.WARM, new Mailbox(7));
  }

  private static <Q> TaskType<Q, String> writing(Class<Q> request) {
    return TaskType.of(NAME, request, String.class).withPolicy(FOR_AN_HOUR);
  }

  private <Q> Handoff node(TaskType<Q, String> type, List<Q> seen, PayloadCodec codec) {
    Handoff node =
        Handoff.startByHand(
            store,
            List.of(
                type.handledBy((request, task) -> {
                  seen.add(request);
                  return Outcome.done("written");
                })),
            HandoffConfig.defaults(),
            Extensions.defaults().withCodec(codec));
    nodes.add(node);
    return node;
  }

  private <Q> Handoff node(TaskType<Q, String> type, List<Q> seen) {
    return node(type, seen, new JacksonPayloadCodec());
  }

  private TaskId submitted(int pages) {
    return node(writing(Letter.class), new ArrayList<>())
        .submit(writing(Letter.class), letter(pages), BY_ASHA);
  }

  private Task task(TaskId id) {
    return store.find(id).orElseThrow();
  }

  record Altered(Class<?> type, String field) {}

  static Stream<Altered> changes() {
    return Stream.of(
        new Altered(RenamedText.class, "text"),
        new Altered(WithoutPages.class, "pages"),
        new Altered(WithFlag.class, "urgent"),
        new Altered(WithLanguage.class, "language"),
        new Altered(PagesAsText.class, "pages"),
        new Altered(TextAsList.class, "text"),
        new Altered(PagesAsTruth.class, "pages"),
        new Altered(PagesAsTone.class, "pages"),
        new Altered(LostTone.class, "tone"),
        new Altered(LostAddress.class, "to"),
        new Altered(LetterBean.class, "text"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  final void aChangedRequestWaitsAndFailsInTheEnd(Altered changed) {
    TaskId id = submitted(1);
    List<Object> seen = new ArrayList<>();
    Handoff later = changedNode(changed.type(), seen);

    for (int i = 0; i < 20; i++) {
      later.runDue();
      assertThat(task(id).state()).isInstanceOf(Queued.class);
      assertThat(task(id).activity().attempt()).isZero();
      clock.advance(Duration.ofMinutes(2));
    }
    clock.advance(AN_HOUR);
    later.runDue();

    assertThat(seen).isEmpty();
    assertThat(task(id).state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.UNREADABLE);
              assertThat(failed.failure().message())
                  .contains(NAME, "'" + changed.field() + "'", "another version", "retry the task")
                  .doesNotContain("dev.handoff");
            });
  }

  @SuppressWarnings("unchecked")
  private <Q> Handoff changedNode(Class<Q> type, List<Object> seen) {
    return node(writing(type), (List<Q>) seen);
  }

  @Test
  final void whatOnlyGrewIsRead() {
    record WithHint(
        String text,
        int pages,
        Mood tone,
        Address to,
        @Nullable String hint,
        Optional<String> by) {}
    TaskId id = submitted(3);
    List<WithHint> seen = new ArrayList<>();

    node(writing(WithHint.class), seen).runDue();

    assertThat(seen)
        .containsExactly(
            new WithHint("Dear Ben", 3, Mood.WARM, new Mailbox(7), null, Optional.empty()));
    assertThat(task(id).isTerminal()).isTrue();
  }

  @Test
  final void anApplicationMayChooseToBeLenient() {
    submitted(1);
    List<WithoutPages> seen = new ArrayList<>();

    node(
            writing(WithoutPages.class),
            seen,
            JacksonPayloadCodec.lenient(JsonMapper.builder().build()))
        .runDue();

    assertThat(seen).hasSize(1);
  }

  @Test
  final void aThousandTasksWaitForTheNodeThatCanReadThem() {
    TaskType<Letter, String> before = writing(Letter.class);
    TaskType<RenamedText, String> after = writing(RenamedText.class);
    List<Letter> seenByOld = new ArrayList<>();
    List<RenamedText> seenByNew = new ArrayList<>();
    Handoff old = node(before, seenByOld);
    List<TaskId> ids = old.submitAll(before, letters(1_000), BY_ASHA);
    Handoff deployed = node(after, seenByNew);
    TaskId own =
        deployed.submit(
            after,
            new RenamedText("Hi", 1, Mood.COOL, new Street("A")),
            BY_ASHA.withPriority(Priority.HIGH));

    for (int i = 0; i < 15; i++) {
      deployed.runDue();
      clock.advance(Duration.ofSeconds(2));
    }
    assertThat(ids).allSatisfy(id -> assertThat(task(id).activity().attempt()).isZero());
    assertThat(seenByNew).hasSize(1);
    assertThat(deployed.result(after, task(own))).contains("written");

    for (int i = 0; seenByOld.size() < 1_000 && i < 100; i++) {
      old.runDue();
      deployed.runDue();
      clock.advance(Duration.ofSeconds(5));
    }

    assertThat(seenByOld).containsExactlyInAnyOrderElementsOf(letters(1_000));
    assertThat(seenByNew).hasSize(1);
    assertThat(ids)
        .allSatisfy(id -> {
          assertThat(old.result(before, task(id))).contains("written");
          assertThat(task(id).activity().attempt()).isEqualTo(1);
        });
  }

  private static List<Letter> letters(int count) {
    return IntStream.range(0, count).mapToObj(PayloadChanges::letter).toList();
  }

  @Test
  final void nodesOfBothVersionsRunSideBySide() {
    try (TaskStore running = open(TimeSource.system())) {
      runSideBySide(running);
    }
  }

  private static void runSideBySide(TaskStore running) {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger handedBack = new AtomicInteger();
    TaskType<Letter, String> before = writing(Letter.class);
    Extensions json = Extensions.defaults().withCodec(new JacksonPayloadCodec());
    HandledType<?, ?> renamed =
        writing(RenamedText.class).handledBy((request, task) -> Outcome.done("rubbish"));
    HandledType<?, ?> unchanged =
        before.handledBy((request, task) -> {
          written.incrementAndGet();
          return Outcome.done("written");
        });
    Extensions counting =
        json.telling(event ->
            handedBack.addAndGet(event instanceof AttemptEnded ended && ended.stored() ? 1 : 0));
    List<TaskId> ids;
    try (Handoff submitting =
        Handoff.startByHand(running, List.of(unchanged), HandoffConfig.defaults(), json)) {
      ids = submitting.submitAll(before, letters(1_000), BY_ASHA);
    }

    try (Handoff deployed =
        Handoff.start(running, List.of(renamed), HandoffConfig.defaults(), counting)) {
      await().until(() -> handedBack.get() >= 300);
      try (Handoff old =
          Handoff.start(running, List.of(unchanged), HandoffConfig.defaults(), json)) {
        await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> ids.stream().allMatch(id -> running.find(id).orElseThrow().isTerminal()));
        assertThat(deployed.status().running()).isTrue();
        assertThat(ids)
            .allSatisfy(id -> {
              Task ended = running.find(id).orElseThrow();
              assertThat(old.result(before, ended)).contains("written");
              assertThat(ended.activity().attempt()).isEqualTo(1);
            });
      }
    }
    assertThat(written).hasValue(1_000);
  }
}
