package dev.handoff.springai;

import static dev.handoff.testing.model.ModelScript.answer;
import static dev.handoff.testing.model.ModelScript.hang;
import static dev.handoff.testing.model.ModelScript.rateLimited;
import static dev.handoff.testing.model.ModelScript.status;
import static dev.handoff.testing.model.ModelScript.streamed;
import static dev.handoff.testing.model.ModelScript.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.AttemptException;
import dev.handoff.EngineEvent;
import dev.handoff.Extensions;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Limits;
import dev.handoff.LoggedEvent;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskContext;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.Usage;
import dev.handoff.jdbc.JacksonPayloadCodec;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;

final class DurableChatTest {
  private static final TaskType<String, String> ASK =
      TaskType.of("ask", String.class, String.class);

  private static final HandoffConfig BRIEF =
      HandoffConfig.defaults().withDrain(Duration.ofMillis(200));

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final List<EngineEvent> reported = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  /// The ways to ask.
  enum PromptKind {
    WHOLE,
    STREAMED
  }

  private interface AskedPrompt {
    ClientReply ask(TaskContext task, String step, String prompt) throws Exception;
  }

  private AskedPrompt model(PromptKind asking) {
    return model(asking, List.of(new InterruptibleCalls()));
  }

  private AskedPrompt model(PromptKind asking, List<OpenAiHttpClientBuilderCustomizer> calls) {
    ChatClient chat = chat(calls);
    return switch (asking) {
      case WHOLE -> (task, step, prompt) -> DurableChat.call(task, step, chat.prompt(prompt));
      case STREAMED -> (task, step, prompt) -> DurableChat.stream(task, step, chat.prompt(prompt));
    };
  }

  private ChatClient chat(List<OpenAiHttpClientBuilderCustomizer> calls) {
    return ChatClient.create(
        OpenAiChatModel.builder()
            .options(
                OpenAiChatOptions.builder()
                    .baseUrl(server.baseUrl())
                    .apiKey(ScriptedModelServer.KEY)
                    .model("gpt-4o-mini")
                    .maxRetries(0)
                    .streamUsage(true)
                    .build())
            .httpClientBuilderCustomizers(calls)
            .build());
  }

  private static Handler<String, String> asking(AskedPrompt model) {
    return (question, task) -> Outcome.done(model.ask(task, "ask", question).text());
  }

  private Extensions extensions() {
    return Extensions.defaults().withCodec(new JacksonPayloadCodec()).telling(reported::add);
  }

  private SqliteTaskStore store(TimeSource clock) {
    return SqliteTaskStore.open(SqliteSettings.at(folder.resolve("handoff.db")), clock);
  }

  private Handoff start(
      SqliteTaskStore store, TaskType<String, String> type, Handler<String, String> handler) {
    return Handoff.start(store, List.of(type.handledBy(handler)), BRIEF, extensions());
  }

  private static TaskId submit(Handoff handoff, String question) {
    return handoff.submit(ASK, question, Submission.by("asha"));
  }

  private static Task ended(Handoff handoff, TaskId id) {
    await().until(() -> handoff.find(id).orElseThrow().isTerminal());
    return handoff.find(id).orElseThrow();
  }

  private static <T> List<T> events(Handoff handoff, TaskId id, Class<T> kind) {
    return handoff.events(id, 0, 1_000).stream()
        .map(LoggedEvent::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static String text(Handoff handoff, TaskId id) {
    return events(handoff, id, TaskEvent.ChunkEmitted.class).stream()
        .map(TaskEvent.ChunkEmitted::text)
        .collect(Collectors.joining("|"));
  }

  @Test
  void piecesAreEmittedWhileTheyComeAndTokensAreCounted() {
    Gate gate = Gate.closed();
    server.enqueue(streamed(gate, "2x = 8, ", "so x = 4"));
    try (var store = store(TimeSource.system());
        var handoff = start(store, ASK, asking(model(PromptKind.STREAMED)))) {
      TaskId id = submit(handoff, "What is 2x=8?");
      gate.pass();
      await().until(() -> text(handoff, id).equals("2x = 8, "));
      gate.pass();

      assertThat(handoff.result(ASK, ended(handoff, id))).contains("2x = 8, so x = 4");
      assertThat(text(handoff, id)).isEqualTo("2x = 8, |so x = 4");
      assertThat(handoff.find(id).orElseThrow().activity().usage())
          .isEqualTo(new Usage("gpt-4o-mini", 3, 7));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherNodeDoesNotPayAgainForAnAnswerThatCame(PromptKind asking) {
    server.enqueue(answer("paid once"));
    AskedPrompt model = model(asking);
    CountDownLatch never = new CountDownLatch(1);
    TaskId id;
    try (var store = store(TimeSource.system())) {
      Handoff first =
          start(
              store,
              ASK,
              (question, task) -> {
                model.ask(task, "ask", question);
                task.progress(50, "asked");
                never.await();
                return Outcome.done("never");
              });
      id = submit(first, "?");
      await()
          .until(
              () -> "asked".equals(first.find(id).orElseThrow().activity().progress().message()));
      first.close();
    }
    try (var store = store(TimeSource.system());
        var second = start(store, ASK, asking(model))) {
      Task task = ended(second, id);

      assertThat(second.result(ASK, task)).contains("paid once");
      assertThat(server.requests()).hasSize(1);
      assertThat(task.activity().usage().outputTokens()).isEqualTo(2);
      // Followers saw the first attempt's output go.
      assertThat(text(second, id))
          .isEqualTo(asking == PromptKind.STREAMED ? "paid |once|paid once" : "");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCancelClosesTheConnection(PromptKind asking) {
    server.enqueue(hang(Gate.closed()));
    try (var store = store(TimeSource.system());
        var handoff = start(store, ASK, asking(model(asking)))) {
      TaskId id = submit(handoff, "?");
      await().until(() -> server.openCalls() == 1);

      assertThat(handoff.cancel(id, "not wanted any more")).isTrue();

      await().until(() -> server.disconnects() == 1 && server.openCalls() == 0);
      assertThat(handoff.find(id).orElseThrow().state()).isInstanceOf(TaskState.Cancelled.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptThatTimesOutClosesTheConnection(PromptKind asking) {
    server.enqueue(hang(Gate.closed()), answer("in time"));
    TaskType<String, String> brief =
        ASK.withPolicy(Policy.DEFAULTS.withLimits(Limits.hard(Duration.ofSeconds(1))));
    try (var store = store(TimeSource.system());
        var handoff = start(store, brief, asking(model(asking)))) {
      TaskId id = submit(handoff, "?");

      await().until(() -> server.disconnects() == 1 && server.openCalls() == 0);
      assertThat(handoff.result(ASK, ended(handoff, id))).contains("in time");
    }
  }

  @Test
  void theSoftLimitClosesTheConnectionAndLeavesTimeForAnotherAnswer() {
    server.enqueue(hang(Gate.closed()));
    AskedPrompt model = model(PromptKind.STREAMED);
    TaskType<String, String> brief =
        ASK.withPolicy(
            Policy.DEFAULTS.withLimits(
                Limits.hard(Duration.ofMinutes(1)).withSoft(Duration.ofMillis(300))));
    try (var store = store(TimeSource.system());
        var handoff =
            start(
                store,
                brief,
                (question, task) -> {
                  try {
                    return Outcome.done(
                        task.beforeSoftLimit(() -> model.ask(task, "ask", question)).text());
                  } catch (dev.handoff.SoftLimitException e) {
                    task.resetOutput();
                    return Outcome.uncached("a short answer");
                  }
                })) {
      TaskId id = submit(handoff, "?");

      assertThat(handoff.result(ASK, ended(handoff, id))).contains("a short answer");
      await().until(() -> server.disconnects() == 1 && server.openCalls() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRateLimitWaitsAsLongAsTheProviderSaysAndCostsNoAttempt(PromptKind asking) {
    server.enqueue(rateLimited("7"), rateLimited(), status(503, "30", "{}"), answer("at last"));
    TestClock clock = TestClock.atNine();
    try (var store = store(clock);
        var handoff =
            Handoff.startByHand(
                store,
                List.of(ASK.handledBy(asking(model(asking)))),
                HandoffConfig.defaults(),
                extensions())) {
      TaskId id = submit(handoff, "?");

      for (Duration wait :
          List.of(Duration.ofSeconds(7), Duration.ofSeconds(10), Duration.ofSeconds(30))) {
        handoff.runDue();
        assertThat(handoff.find(id).orElseThrow().state())
            .isInstanceOfSatisfying(
                TaskState.Queued.class,
                queued -> assertThat(queued.dueAt()).isEqualTo(clock.instant().plus(wait)));
        clock.advance(wait);
      }
      handoff.runDue();

      assertThat(handoff.result(ASK, ended(handoff, id))).contains("at last");
      assertThat(events(handoff, id, TaskEvent.AttemptFailed.class)).isEmpty();
      assertThat(events(handoff, id, TaskEvent.AttemptSnoozed.class)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNoAttemptCanChangeFailsAtOnce(PromptKind asking) {
    failsAtOnce(asking, unauthorized(), FailureKind.MISCONFIGURED);
    failsAtOnce(asking, status(403, "{}"), FailureKind.MISCONFIGURED);
    failsAtOnce(asking, status(404, "{}"), FailureKind.MISCONFIGURED);
    failsAtOnce(asking, status(400, "{\"error\":\"no\"}"), FailureKind.INVALID_REQUEST);
    failsAtOnce(asking, status(413, ""), FailureKind.INVALID_REQUEST);
    assertThat(reported.stream().map(DurableChatTest::logged))
        .noneMatch(line -> line.contains(ScriptedModelServer.KEY));
  }

  private static String logged(EngineEvent event) {
    StringWriter all = new StringWriter();
    if (event instanceof EngineEvent.AttemptEnded ended && ended.cause() != null) {
      ended.cause().printStackTrace(new PrintWriter(all));
    }
    return event + all.toString();
  }

  private void failsAtOnce(PromptKind asking, ModelScript script, FailureKind kind) {
    assertThat(failureOf(asking, script).kind()).isEqualTo(kind);
  }

  private Failure failureOf(PromptKind asking, ModelScript script) {
    int before = server.requests().size();
    server.enqueue(script);
    try (var store = store(TimeSource.system());
        var handoff = start(store, ASK, asking(model(asking)))) {
      Task task = ended(handoff, submit(handoff, "?"));
      assertThat(server.requests()).hasSize(before + 1);
      return ((TaskState.Failed) task.state()).failure();
    }
  }

  @ParameterizedTest
  @EnumSource
  void halfAnAnswerIsNotStored(PromptKind asking) {
    List<ModelScript> broken =
        List.of(
            ModelScript.dropped("half ", "of "),
            ModelScript.brokenOff("server_error", "half "),
            ModelScript.malformed(),
            ModelScript.empty(),
            ModelScript.serverError(),
            ModelScript.filtered(),
            ModelScript.refusal("I will not"));
    AtomicInteger attempts = new AtomicInteger();
    AskedPrompt model = model(asking);
    Function<String, Outcome<String>> again =
        why -> Outcome.retryAfter(Duration.ZERO, FailureKind.ERROR, why);
    TaskType<String, String> often =
        ASK.withPolicy(
            Policy.DEFAULTS.withRetry(
                dev.handoff.RetryPolicy.every(Duration.ZERO).upTo(broken.size() + 1)));
    broken.forEach(server::enqueue);
    server.enqueue(answer("whole"));
    List<FailureKind> kinds = new CopyOnWriteArrayList<>();
    try (var store = store(TimeSource.system());
        var handoff =
            start(
                store,
                often,
                (question, task) -> {
                  attempts.incrementAndGet();
                  try {
                    return Outcome.done(model.ask(task, "ask", question).text());
                  } catch (AttemptException e) {
                    kinds.add(e.kind());
                    return again.apply(e.message());
                  }
                })) {
      TaskId id = handoff.submit(often, "?", Submission.by("asha"));

      assertThat(handoff.result(ASK, ended(handoff, id))).contains("whole");
      assertThat(kinds)
          .hasSize(broken.size())
          .isSubsetOf(FailureKind.UNAVAILABLE, FailureKind.BAD_OUTPUT, FailureKind.REFUSED)
          .contains(FailureKind.REFUSED);
    }
  }

  @Test
  void whatTheAnswerCostIsTakenFromTheAccount() {
    server.enqueue(answer("{\"all\":[\"ship it\"]}"), answer("We ship it."));
    try (var store = store(TimeSource.system());
        var handoff =
            Handoff.start(
                store,
                List.of(Minutes.handledBy(chat(List.of(new InterruptibleCalls())))),
                HandoffConfig.defaults(),
                extensions())) {
      handoff.budgets().add("asha", 5_000, "first units");
      TaskId id = handoff.submit(Minutes.SUMMARISE, "- ship it", Submission.by("asha"));

      assertThat(handoff.result(Minutes.SUMMARISE, ended(handoff, id))).contains("We ship it.");
      assertThat(text(handoff, id)).isEqualTo("We |ship |it.");
      assertThat(handoff.budgets().balance("asha").orElseThrow().available()).isEqualTo(5_000 - 3);
    }
  }

  /// What the answer is read as.
  record Advice(String text, int weight) {}

  @Test
  void anAnswerIsReadAsATypeAndStoredAsIt() {
    server.enqueue(answer("no json"), answer("{\"text\":\"ship it\",\"weight\":3}"));
    ChatClient chat = chat(List.of(new InterruptibleCalls()));
    List<FailureKind> kinds = new CopyOnWriteArrayList<>();
    try (var store = store(TimeSource.system());
        var handoff =
            start(
                store,
                ASK,
                (question, task) -> {
                  try {
                    return Outcome.done(
                        DurableChat.entity(task, "point", chat.prompt(question), Advice.class)
                            .text());
                  } catch (AttemptException e) {
                    kinds.add(e.kind());
                    return Outcome.retryAfter(Duration.ZERO, e.kind(), e.message());
                  }
                })) {
      TaskId id = submit(handoff, "?");

      assertThat(handoff.result(ASK, ended(handoff, id))).contains("ship it");
      assertThat(kinds).containsExactly(FailureKind.BAD_OUTPUT);
      assertThat(handoff.find(id).orElseThrow().activity().usage().outputTokens()).isPositive();
    }
  }

  @Test
  void failuresOfOtherProvidersAreKnownByTheirStatus() throws Exception {
    assertThat(kindOf(new NonTransientAiException("HTTP 429 - slow down")))
        .isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(kindOf(new TransientAiException("503 - busy"))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(kindOf(new NonTransientAiException("HTTP 401 - no key")))
        .isEqualTo(FailureKind.MISCONFIGURED);
    assertThat(kindOf(new NonTransientAiException("HTTP 400 - content_filter")))
        .isEqualTo(FailureKind.REFUSED);
    RuntimeException own = new IllegalStateException("the application's own");
    assertThat(ClientFailures.sorted(own)).isSameAs(own);
  }

  private static FailureKind kindOf(RuntimeException thrown) throws InterruptedException {
    return ((AttemptException) ClientFailures.sorted(thrown)).kind();
  }

  @Test
  void theMarkOfAPromptIsNotSent() {
    server.enqueue(answer("hello"));
    try (var store = store(TimeSource.system());
        var handoff = start(store, ASK, asking(model(PromptKind.STREAMED)))) {
      ended(handoff, submit(handoff, "?"));
    }

    assertThat(server.requests().getFirst().headers()).doesNotContainKey(MarkedCalls.HEADER);
  }
}
