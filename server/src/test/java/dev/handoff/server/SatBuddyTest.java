package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// SAT Buddy's acceptance checks over HTTP (C1 to C14 of its description).
@OnBothStores
final class SatBuddyTest {
  private final TestServer server = TestServer.shared();
  private final ScriptedModelServer model = TestServer.model();
  private final Client asha = server.as("asha@demo.test");
  private final Client ben = server.as("ben@demo.test");

  @BeforeEach
  void plainModel() {
    model.byDefault(
        ModelScript.decide(request -> ModelScript.answer("You said: " + request.lastUserText())));
  }

  @Test
  void answersTheSubmitAtOnceHoweverSlowTheAiIs() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));

    // That it returns is the proof: the model does not answer before the gate opens. How fast it
    // returns is measured in benchmarks.
    String task = Tasks.message(asha, unique("test"));

    assertThat(UUID.fromString(task)).isNotNull();
    assertThat(Tasks.poll(asha, task).body()).contains(json("'status':'processing'"));
    gate.openForAll();
    Tasks.awaitStatus(asha, task, "completed");
  }

  @Test
  void completesWithTheTutorsAnswer() {
    model.enqueue(ModelScript.answer("x = 4"));

    String task = Tasks.message(asha, unique("What is 2x=8?"));
    HttpAnswer answer = Tasks.awaitStatus(asha, task, "completed");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("response")).isEqualTo("x = 4");
    assertThat(answer.json().path("success").asBoolean()).isTrue();
    assertThat(answer.json().path("generated_by_ai").asBoolean()).isTrue();
  }

  @Test
  void staysProcessingWhileTheAiIsBusyAndCompletesAtTheThirdAttempt() {
    model.enqueue(
        ModelScript.rateLimited(), ModelScript.quotaExceeded(), ModelScript.answer("there you go"));

    String task = Tasks.message(asha, unique("busy"));
    HttpAnswer waiting = Tasks.await(asha, task, answer -> !answer.text("retry_at").isEmpty());
    HttpAnswer done =
        Tasks.await(
            asha,
            task,
            answer -> {
              assertThat(answer.text("status")).isIn("processing", "completed");
              return answer.text("status").equals("completed");
            });

    assertThat(waiting.text("message")).isEqualTo("The AI is busy, trying again shortly");
    assertThat(waiting.text("status")).isEqualTo("processing");
    assertThat(done.text("response")).isEqualTo("there you go");
    assertThat(asha.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(3);
  }

  @Test
  void retryAfterOfTheProviderCostsNoAttempt() {
    model.enqueue(ModelScript.rateLimited("1"), ModelScript.answer("after the wait"));

    String task = Tasks.message(asha, unique("retry after"));
    HttpAnswer done = Tasks.awaitStatus(asha, task, "completed");

    assertThat(done.text("response")).isEqualTo("after the wait");
    assertThat(asha.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void givesUpAfterThreeRetries() {
    model.enqueue(
        ModelScript.rateLimited(),
        ModelScript.rateLimited(),
        ModelScript.rateLimited(),
        ModelScript.rateLimited());

    String task = Tasks.message(asha, unique("always busy"));
    HttpAnswer failed = Tasks.awaitStatus(asha, task, "failed");

    assertThat(failed.text("error")).isEqualTo("The AI is busy. Please try again later.");
    assertThat(asha.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(4);
  }

  @Test
  void otherErrorsFailAtOnceWithoutAnythingInternal() {
    int before = model.requests().size();
    model.enqueue(ModelScript.status(500, "java.lang.Secret at /opt/model"));

    String task = Tasks.message(asha, unique("error"));
    HttpAnswer failed = Tasks.awaitStatus(asha, task, "failed");

    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.json().path("success").asBoolean()).isFalse();
    assertThat(failed.text("error")).isNotBlank().doesNotContain("Secret", "java", "/opt");
    assertThat(asha.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(1);
    assertThat(model.requests()).hasSize(before + 1);
  }

  @Test
  void hangingAiFailsWithATimeoutWhenTheRunLimitPasses() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));

    String task = Tasks.message(asha, unique("hang"));
    HttpAnswer failed = Tasks.awaitStatus(asha, task, "failed");

    assertThat(failed.text("error"))
        .isEqualTo("Timeout: the AI did not answer within 3 seconds. Please try again.");
    gate.openForAll();
  }

  @Test
  void anAnswerThatGrowsMayTakeLongerThanTheRunLimit() {
    model.enqueue(
        ModelScript.streamed(Gate.every(Duration.ofSeconds(1)), "one ", "two ", "three ", "four"));

    String task = Tasks.message(asha, unique("count"));

    assertThat(Tasks.awaitStatus(asha, task, "completed").text("response"))
        .isEqualTo("one two three four");
  }

  @Test
  void foreignUnknownAndMalformedIdsAreAnsweredAlike() {
    String task = Tasks.message(asha, unique("mine"));
    Tasks.awaitStatus(asha, task, "completed");

    for (String id : new String[] {task, UUID.randomUUID().toString(), "x", "%00", "..%2f"}) {
      HttpAnswer answer = Tasks.poll(ben, id);
      if (answer.status() == 404) {
        assertThat(answer.text("error")).isIn("Task not found or expired", "Not found");
      } else {
        assertThat(answer.status()).isEqualTo(400);
      }
    }
    for (String id : new String[] {task, UUID.randomUUID().toString(), "not-an-id"}) {
      assertThat(Tasks.poll(ben, id))
          .returns(404, HttpAnswer::status)
          .returns(
              """
              {"status":"not_found","success":false,"error":"Task not found or expired"}\
              """,
              HttpAnswer::body);
    }
  }

  @Test
  void theTutorReadsPersonaHistoryContextAndMessage() {
    String message = unique("And now?");
    String history =
        """
        [{"role":"user","content":"old %s"},{"role":"assistant","content":"reply"}]\
        """
            .formatted("x");
    String turns = history.substring(1, history.length() - 1);
    String many = "[" + (turns + ",").repeat(8) + turns + "]";

    String task =
        Tasks.taken(
            asha.post(
                "/ai/chat/message/",
                json(
                    "{'message':'%s','context':'unit 3','images':[],'history':%s}",
                    message, many)));
    Tasks.awaitStatus(asha, task, "completed");

    ModelRequest asked = model.requests().getLast();
    String text = asked.lastUserText();
    assertThat(asked.turns().getFirst().text()).contains("SAT Buddy").contains("LaTeX");
    assertThat(text).contains("Context: unit 3").endsWith("Student: " + message);
    assertThat(text.split("Student: old x", -1)).hasSize(6);
    assertThat(text.split("SAT Buddy: reply", -1)).hasSize(6);
    assertThat(asked.authorized()).isTrue();
  }

  @Test
  void questionsAreReadFromFencedJsonWithTrailingCommas() {
    model.enqueue(
        ModelScript.answer(
            """
            Here you are:
            ```json
            {"question": "What is \\(x\\) if 2x = 8?", "options": {"A": "2", "B": "4", "C": "6", "D": "8",},
             "correct_answer": "B", "explanation": "Divide by 2.",}
            ```
            """));

    String task = Tasks.question(asha, "linear equations");
    HttpAnswer done = Tasks.awaitStatus(asha, task, "completed");

    assertThat(done.json().path("question").path("options").path("B").asString("")).isEqualTo("4");
    assertThat(done.json().path("question").path("correct_answer").asString("")).isEqualTo("B");
    assertThat(done.json().path("question").path("question").asString(""))
        .isEqualTo("What is \\(x\\) if 2x = 8?");
    assertThat(model.requests().getLast().wantsJson()).isTrue();
  }

  @Test
  void equalCommonQuestionsShareAnAnswerUnderTheirOwnIds() {
    String question = unique("What is a median");
    String first = Tasks.message(asha, question);
    String answered = Tasks.awaitStatus(asha, first, "completed").text("response");
    int asked = model.requests().size();

    String second = Tasks.message(ben, "  " + question.toUpperCase(java.util.Locale.ROOT));
    HttpAnswer shared = Tasks.awaitStatus(ben, second, "completed");

    assertThat(second).isNotEqualTo(first);
    assertThat(shared.text("response")).isEqualTo(answered);
    assertThat(model.requests()).hasSize(asked);
    assertThat(Tasks.poll(ben, first).status()).isEqualTo(404);
  }

  @Test
  void premiumPupilsGoFirst() {
    String task = Tasks.message(ben, unique("premium"));
    String other = Tasks.message(asha, unique("not premium"));

    assertThat(ben.get("/api/v1/tasks/" + task).text("priority")).isEqualTo("high");
    assertThat(asha.get("/api/v1/tasks/" + other).text("priority")).isEqualTo("normal");
  }

  @Test
  void writesTheLinesThatOperatorsLookFor() {
    try (ServerLogs logs = new ServerLogs()) {
      String good = Tasks.message(asha, unique("good"));
      Tasks.awaitStatus(asha, good, "completed");
      model.enqueue(ModelScript.status(500, "no"));
      String bad = Tasks.message(asha, unique("bad"));
      String error = Tasks.awaitStatus(asha, bad, "failed").text("error");

      await()
          .until(
              () -> logs.lines(Level.INFO).toString(),
              lines ->
                  lines.contains("AI task " + good + " completed successfully")
                      && lines.contains("Error in AI task " + bad + ": " + error));
    }
  }

  @Test
  void countsAndTimesAttempts() {
    String task = Tasks.message(asha, unique("metered"));
    Tasks.awaitStatus(asha, task, "completed");

    MeterRegistry meters = server.bean(MeterRegistry.class);
    await()
        .until(
            () ->
                meters
                    .find("handoff.attempt")
                    .tags("type", "sat-buddy.chat", "ending", "TaskCompleted")
                    .timer(),
            timer -> timer != null && timer.count() > 0);
    assertThat(server.anybody().get("/actuator/metrics").status()).isNotEqualTo(200);
  }

  @Test
  void tellsThePageItsLimits() {
    HttpAnswer config = asha.get("/ai/chat/config/");
    HttpAnswer history = asha.get("/ai/chat/history/");

    assertThat(config.body())
        .isEqualTo(
            """
            {"poll_every_ms":1000,"poll_at_most":60,"message_limit":4000,"image_limit":5,\
            "image_max_bytes":5242880,"history_limit":10,"ai_provider":"openai",\
            "topics":["Algebra","Reading","Writing"]}\
            """);
    assertThat(history.body()).isEqualTo(json("{'success':true,'history':[]}"));
  }

  static String unique(String text) {
    return text + " " + UUID.randomUUID();
  }
}
