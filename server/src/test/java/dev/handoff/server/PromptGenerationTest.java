package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.BudgetEntry;
import dev.handoff.Handoff;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Prompt generation's acceptance checks over HTTP (P1 to P14 of its description).
@OnBothStores
final class PromptGenerationTest {
  private static ScriptedModelServer model;
  private static TestServer server;
  private Client owner;

  @BeforeAll
  static void start() {
    model = ScriptedModelServer.start();
    server =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.ai.provider=openai",
            "handoff.ai.base-url=" + model.baseUrl(),
            "handoff.ai.api-key=" + ScriptedModelServer.KEY,
            "handoff.systems.prompt-generation.soft-limit=3s",
            "handoff.systems.prompt-generation.run-limit=6s",
            "handoff.systems.prompt-generation.retry-wait=100ms");
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  @BeforeEach
  void plainModel() {
    owner = server.as("owner@demo.test");
    model.clear();
    model.byDefault(ModelScript.answer("You are the assistant of a bakery."));
  }

  @Test
  void takesTheNotesAtOnceHoweverSlowTheAiIs() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));

    HttpAnswer answer = owner.post(Prompts.START, Prompts.body("Test prompt"));

    String task = answer.text("task_id");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(UUID.fromString(task)).isNotNull();
    assertThat(answer.body())
        .isEqualTo(
            """
            {"success":true,"task_id":"%1$s","status":"queued",\
            "message":"Prompt generation started. Use task_id to check status.",\
            "status_url":"/api/v1/web-knowledge/generate-prompt-async/status/%1$s/"}\
            """
                .formatted(task));
    gate.openForAll();
    Prompts.awaitStatus(owner, task, "completed");
  }

  @Test
  void tellsEachStepAndTakesWhatTheAiCounted() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.streamed(gate, "You serve ", "bread."));
    long before = Prompts.tokens(owner);

    String task = Prompts.start(owner, "bakery, open 8-17, tel 555");
    HttpAnswer waiting = Prompts.awaitProgress(owner, task, 70);
    assertThat(Prompts.reserved(owner)).isEqualTo(700);
    assertThat(Prompts.tokens(owner)).isEqualTo(before);
    gate.openForAll();
    HttpAnswer done = Prompts.awaitStatus(owner, task, "completed");

    String created = waiting.text("created_at");
    assertThat(created).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
    assertThat(waiting.body())
        .isEqualTo(
            """
            {"status":"processing","progress":70,"message":"Waiting for AI response...",\
            "created_at":"%s"}\
            """
                .formatted(created));
    assertThat(done.body())
        .isEqualTo(
            """
            {"status":"completed","progress":100,\
            "message":"Prompt generated successfully","prompt":"You serve bread.",\
            "generated_by_ai":true,"created_at":"%s","completed_at":"%s"}\
            """
                .formatted(created, done.text("completed_at")));
    assertThat(owner.get("/api/v1/tasks/" + task + "/events").body())
        .containsSubsequence(
            json("'percent':10"), "Initializing AI generation...",
            json("'percent':30"), "Checking tokens...",
            json("'percent':50"), "Generating enhanced prompt with AI...",
            json("'percent':70"), "Waiting for AI response...",
            json("'percent':90"), "Finalizing...");
    assertThat(Prompts.reserved(owner)).isZero();
    BudgetEntry taken = newest("owner@demo.test");
    assertThat(taken.reference()).isEqualTo(task);
    assertThat(taken.note()).isEqualTo("Async prompt enhancement");
    assertThat(taken.units()).isNegative();
    assertThat(Prompts.tokens(owner)).isEqualTo(before + taken.units());
  }

  private static BudgetEntry newest(String username) {
    return server
        .bean(Handoff.class)
        .budgets()
        .entries("subscription:demo-" + username, 1)
        .getFirst();
  }

  @Test
  void theAiReadsTemplateAndNotes() {
    String task = Prompts.start(owner, "bread 1,50 EUR {business type}");
    Prompts.awaitStatus(owner, task, "completed");

    ModelRequest asked = model.requests().getLast();
    // Its business is noted as " Restaurant ".
    assertThat(asked.lastUserText())
        .contains("You are the assistant of a restaurant.")
        .endsWith("bread 1,50 EUR {business type}");
    assertThat(asked.temperature()).hasValue(0.7);
    assertThat(asked.maxTokens()).hasValue(3000);
    assertThat(asked.isStreaming()).isFalse();
  }

  @Test
  void takesAwayWhatModelsPutAroundAPrompt() {
    model.enqueue(ModelScript.answer("Sure, here is your prompt:\n\n```text\nYou sell tea.\n```"));

    String task = Prompts.start(owner, "tea");

    assertThat(Prompts.awaitStatus(owner, task, "completed").text("prompt"))
        .isEqualTo("You sell tea.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}
          {"manual_prompt":""}
          {"manual_prompt":"  \\n "}
          {"manual_prompt":null}
          {"manual_prompt":7}
          {"manual_prompt":["a"]}
          {"manual_prompt":{}}
          []
          {
          ``
          """)
  void notesAreRequired(String body) {
    for (String path : new String[] {Prompts.START, Prompts.NOW}) {
      assertThat(owner.post(path, body))
          .returns(400, HttpAnswer::status)
          .returns(
              json("{'success':false,'message':'manual_prompt is required'}"), HttpAnswer::body);
    }
  }

  @Test
  void notesHaveABound() {
    assertThat(owner.post(Prompts.START, Prompts.body("x".repeat(20_001))).text("message"))
        .isEqualTo("manual_prompt is too long. Maximum 20000 characters allowed.");
  }

  @Test
  void everyPathWorksWithAndWithoutTheSlashAndOnlyForWhoIsLoggedIn() {
    String task = Prompts.start(owner, "slash");
    Prompts.awaitStatus(owner, task, "completed");
    for (String path :
        List.of(
            "/generate-prompt-async/status/" + task,
            "/subscription",
            "/generate-prompt-async/analytics")) {
      assertThat(owner.get(Prompts.CALLS + path).status()).as(path).isEqualTo(200);
      assertThat(owner.get(Prompts.CALLS + path + "/").status()).as(path).isEqualTo(200);
      assertThat(server.anybody().get(Prompts.CALLS + path + "/").status()).isEqualTo(401);
    }
    for (String path : List.of("/generate-prompt-async", "/generate-prompt")) {
      String body = Prompts.body("slash");
      assertThat(owner.post(Prompts.CALLS + path, body).status()).isIn(200, 202);
      assertThat(owner.post(Prompts.CALLS + path + "/", body).status()).isIn(200, 202);
      assertThat(server.anybody().post(Prompts.CALLS + path + "/", body))
          .returns(401, HttpAnswer::status)
          .returns(json("{'success':false,'error':'Authentication required'}"), HttpAnswer::body);
    }
    // A key opens the API, which this is not.
    assertThat(server.anybody().bearing("hk_x").get(Prompts.CALLS + "/subscription/").status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nosub@demo.test       | no_subscription          | No active subscription found",
        "deactivated@demo.test | subscription_deactivated | Subscription has been deactivated",
        "expired@demo.test     | subscription_expired     | Subscription has expired",
        "zero@demo.test        | no_tokens_remaining      | No tokens remaining in subscription",
        "low@demo.test         | insufficient_tokens      | Insufficient tokens. Required: 700, Available: 699"
      })
  void accessIsDeniedInTheStatusAndTheAiNeverAsked(String name, String code, String message) {
    Client client = server.as(name);
    int asked = model.requests().size();

    String task = Prompts.start(client, "Test prompt");
    HttpAnswer failed = Prompts.awaitStatus(client, task, "failed");

    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.body())
        .isEqualTo(
            """
            {"status":"failed","progress":100,"message":"%1$s","error":"%1$s",\
            "error_code":"%2$s","created_at":"%3$s"}\
            """
                .formatted(message, code, failed.text("created_at")));
    assertThat(client.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(1);
    assertThat(Prompts.reserved(client)).isZero();

    HttpAnswer now = client.post(Prompts.NOW, Prompts.body("Test prompt"));
    assertThat(now.status()).isEqualTo(402);
    assertThat(now.json().propertyNames())
        .containsExactlyInAnyOrder(
            "success", "message", "error", "error_code", "tokens_remaining", "days_remaining");
    assertThat(now.text("error_code")).isEqualTo(code);
    assertThat(now.text("message")).isEqualTo(message);
    assertThat(now.text("error")).isEqualTo(message);
    assertThat(model.requests()).hasSize(asked);
  }

  @Test
  void tellsWhoWaitedWhatIsLeft() {
    HttpAnswer low = server.as("low@demo.test").post(Prompts.NOW, Prompts.body("x"));
    HttpAnswer nobody = server.as("nosub@demo.test").post(Prompts.NOW, Prompts.body("x"));

    assertThat(low.json().path("tokens_remaining").asInt()).isEqualTo(699);
    assertThat(low.json().path("days_remaining").asInt()).isEqualTo(30);
    assertThat(nobody.json().path("tokens_remaining").asInt()).isZero();
    assertThat(nobody.json().path("days_remaining").isNull()).isTrue();
  }

  @Test
  void exactlyEnoughIsEnoughForOneOfTwo() {
    Client exact = server.as("exact@demo.test");
    model.enqueue(ModelScript.serverError());
    String fallback = Prompts.start(exact, " my notes ");
    // It has no template, and what it costs is nothing.
    assertThat(Prompts.awaitStatus(exact, fallback, "completed").text("prompt"))
        .isEqualTo("my notes");
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));

    String first = Prompts.start(exact, "first");
    Prompts.awaitProgress(exact, first, 70);
    String second = Prompts.start(exact, "second");
    HttpAnswer refused = Prompts.awaitStatus(exact, second, "failed");
    gate.openForAll();

    assertThat(refused.text("error")).isEqualTo("Insufficient tokens. Required: 700, Available: 0");
    HttpAnswer done = Prompts.awaitStatus(exact, first, "completed");
    assertThat(done.json().path("generated_by_ai").asBoolean()).isTrue();
    assertThat(Prompts.tokens(exact)).isBetween(1L, 699L);
  }

  @Test
  void whatTheAiDoesNotAnswerIsAnsweredWithoutItAtNoCost() {
    Gate gate = Gate.closed();
    List<ModelScript> failures =
        List.of(
            ModelScript.serverError(),
            ModelScript.empty(),
            ModelScript.answer("```\n```"),
            ModelScript.rateLimited("60"),
            ModelScript.quotaExceeded(),
            ModelScript.unauthorized(),
            ModelScript.refusal("no"),
            ModelScript.malformed(),
            ModelScript.dropped("half"),
            ModelScript.cutAtLimit("You are the assistant of the bakery. You know its"),
            ModelScript.ended("error", "You are the assistant of the bakery. You know its"),
            ModelScript.ended("length", "<think>The owner wants"),
            ModelScript.hang(gate));
    long before = Prompts.tokens(owner);
    List<String> reasons = new ArrayList<>();
    for (ModelScript failure : failures) {
      int asked = model.requests().size();
      model.enqueue(failure);

      String task = Prompts.start(owner, "bakery, open 8-17");
      HttpAnswer done = Prompts.awaitStatus(owner, task, "completed");

      assertThat(done.json().path("generated_by_ai").asBoolean(true)).isFalse();
      assertThat(done.text("message"))
          .isEqualTo("Prompt generated (AI unavailable, using fallback)");
      assertThat(done.text("warning")).isEqualTo("AI generation failed, using simple combination");
      assertThat(done.text("prompt"))
          .startsWith("You are the assistant of a restaurant.")
          .endsWith("\n\nbakery, open 8-17");
      assertThat(model.requests()).as(failure.toString()).hasSize(asked + 1);
      reasons.add(done.text("reason"));
    }
    assertThat(reasons.toString()).contains("quota", "API key", "declined", "rate limit");
    gate.openForAll();
    assertThat(Prompts.tokens(owner)).isEqualTo(before);
    assertThat(Prompts.reserved(owner)).isZero();
    assertThat(analytics().path("fallbacks").asInt()).isGreaterThanOrEqualTo(failures.size());
  }

  private tools.jackson.databind.JsonNode analytics() {
    return owner.get(Prompts.START + "analytics/").json();
  }

  @Test
  void whoWaitsOnTheLineGetsThePrompt() {
    long before = Prompts.tokens(owner);

    HttpAnswer made = owner.post(Prompts.NOW, Prompts.body("bread"));
    model.enqueue(ModelScript.serverError());
    HttpAnswer fallback = owner.post(Prompts.NOW, Prompts.body("bread"));

    assertThat(made.status()).isEqualTo(200);
    assertThat(made.body())
        .isEqualTo(
            """
            {"success":true,"prompt":"You are the assistant of a bakery.",\
            "message":"Prompt generated successfully using AI","generated_by_ai":true}\
            """);
    assertThat(fallback.status()).isEqualTo(200);
    assertThat(fallback.text("warning"))
        .isEqualTo("AI generation failed, using simple combination");
    assertThat(fallback.text("prompt")).endsWith("\n\nbread");
    assertThat(newest("owner@demo.test").units()).isEqualTo(Prompts.tokens(owner) - before);
  }

  @Test
  void foreignUnknownAndMalformedIdsAreAnsweredAlike() {
    String task = Prompts.start(owner, "mine");
    Prompts.awaitStatus(owner, task, "completed");
    String other = Tasks.message(owner, "of another system");

    for (String id : new String[] {task, UUID.randomUUID().toString(), "not-an-id"}) {
      assertNotFound(Prompts.poll(server.as("low@demo.test"), id));
    }
    assertNotFound(Prompts.poll(owner, other));
    assertThat(owner.post(Prompts.START + "cancel/" + UUID.randomUUID() + "/").status())
        .isEqualTo(404);
    assertThat(server.as("low@demo.test").post(Prompts.START + "cancel/" + task + "/").status())
        .isEqualTo(404);
  }

  static void assertNotFound(HttpAnswer answer) {
    assertThat(answer)
        .returns(404, HttpAnswer::status)
        .returns(
            """
            {"status":"not_found",\
            "message":"Task not found. It may have expired or never existed."}\
            """,
            HttpAnswer::body);
  }

  @Test
  void anOwnerCancelsAndPaysNothing() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));
    long before = Prompts.tokens(owner);
    String task = Prompts.start(owner, "never mind");
    Prompts.awaitProgress(owner, task, 70);

    HttpAnswer cancelled = owner.post(Prompts.START + "cancel/" + task + "/");
    HttpAnswer again = owner.post(Prompts.START + "cancel/" + task + "/");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(again.status()).isEqualTo(409);
    HttpAnswer failed = Prompts.poll(owner, task);
    assertThat(failed.text("status")).isEqualTo("failed");
    assertThat(failed.text("error_code")).isEqualTo("cancelled");
    assertThat(Prompts.reserved(owner)).isZero();
    await().until(() -> model.openCalls() == 0);
    assertThat(Prompts.tokens(owner)).isEqualTo(before);
    gate.openForAll();
  }

  @Test
  void theSameNotesAreAnsweredAgainAtNoCostForWhoAllowsIt() {
    String notes = "tea " + UUID.randomUUID();
    Prompts.awaitStatus(owner, Prompts.start(owner, notes), "completed");
    long before = Prompts.tokens(owner);
    int asked = model.requests().size();

    HttpAnswer reused =
        owner.post(Prompts.START, json("{'manual_prompt':'%s','reuse':true}", notes));
    HttpAnswer done = Prompts.awaitStatus(owner, reused.text("task_id"), "completed");

    assertThat(done.text("prompt")).isEqualTo("You are the assistant of a bakery.");
    assertThat(done.json().path("generated_by_ai").asBoolean()).isTrue();
    assertThat(model.requests()).hasSize(asked);
    assertThat(Prompts.tokens(owner)).isEqualTo(before);
    Prompts.awaitStatus(owner, Prompts.start(owner, notes), "completed");
    assertThat(model.requests()).hasSize(asked + 1);
  }

  @Test
  void aBatchIsTakenWholeOrNotAtAll() {
    HttpAnswer refused = owner.post(Prompts.START + "batch/", json("{'manual_prompts':['a',' ']}"));
    HttpAnswer none = owner.post(Prompts.START + "batch/", json("{'manual_prompts':[]}"));
    HttpAnswer taken =
        owner.post(Prompts.START + "batch/", json("{'manual_prompts':['a','b','c']}"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(none.text("message")).isEqualTo("manual_prompts is required");
    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.json().path("tasks")).hasSize(3);
    taken
        .json()
        .path("tasks")
        .forEach(
            task -> Prompts.awaitStatus(owner, task.path("task_id").asString(""), "completed"));
  }

  @Test
  void tellsHowLongEachStepTook() {
    Prompts.awaitStatus(owner, Prompts.start(owner, "timed"), "completed");

    var steps = analytics().path("steps");

    for (String step :
        List.of("queued", "initialize", "check", "build", "ask", "finalize", "total")) {
      assertThat(steps.path(step).path("p95_ms").asLong(-1))
          .as(step)
          .isGreaterThanOrEqualTo(steps.path(step).path("p50_ms").asLong(0));
    }
  }

  // The JDK's client does not send a POST again whose kept connection the server just closed.
  private String startOverAFreshConnection(String notes) {
    try {
      return Prompts.start(owner, notes);
    } catch (UncheckedIOException closed) {
      return Prompts.start(owner, notes);
    }
  }

  @Test
  void twoHundredAtOnceAllEnd() throws Exception {
    List<String> tasks = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> starts = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String notes = "notes " + i;
        starts.add(() -> startOverAFreshConnection(notes));
      }
      for (Future<String> started : threads.invokeAll(starts)) {
        tasks.add(started.get());
      }
    }

    assertThat(tasks).doesNotHaveDuplicates().hasSize(200);
    // 100,000 tokens hold 142 at once; the others may be told so.
    for (String task : tasks) {
      HttpAnswer ended =
          Prompts.await(owner, task, answer -> answer.text("status").matches("completed|failed"));
      if (ended.text("status").equals("failed")) {
        assertThat(ended.text("error_code")).isEqualTo("insufficient_tokens");
      }
    }
    assertThat(Prompts.reserved(owner)).isZero();
  }
}
