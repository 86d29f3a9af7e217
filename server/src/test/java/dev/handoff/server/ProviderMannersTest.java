package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What pupils see of what compatible servers do.
final class ProviderMannersTest {
  private static final Pattern CHUNK = Pattern.compile("event: chunkEmitted\ndata: (\\{.*\\})\n");

  private final TestServer server = TestServer.shared();
  private final ScriptedModelServer model = TestServer.model();
  private final Client asha = server.as("asha@demo.test");
  private final Client ben = server.as("ben@demo.test");

  @AfterEach
  void plainModel() {
    model.clear();
    model.byDefault(
        ModelScript.decide(request -> ModelScript.answer("You said: " + request.lastUserText())));
  }

  @Test
  void anAnswerCutAtTheLimitSaysSoAndIsGivenToNobodyElse() {
    String question = "What is a mean " + UUID.randomUUID();
    model.enqueue(ModelScript.cutAtLimit("Subtract three from the"), ModelScript.answer("Whole."));

    String task = Tasks.message(asha, question);
    HttpAnswer half = Tasks.awaitStatus(asha, task, "completed");

    assertThat(half.text("response"))
        .startsWith("Subtract three from the")
        .contains("cut off", "length limit");
    assertThat(output(task)).isEqualTo(half.text("response"));
    HttpAnswer other = Tasks.awaitStatus(ben, Tasks.message(ben, question), "completed");
    assertThat(other.text("response")).isEqualTo("Whole.");
  }

  @Test
  void thoughtsAreNeitherStreamedNorKept() {
    model.enqueue(ModelScript.thinking("The pupil asks for x.", "x = 4, as <think> is no tag."));

    String task = Tasks.message(asha, "think " + UUID.randomUUID());
    HttpAnswer done = Tasks.awaitStatus(asha, task, "completed");

    assertThat(done.text("response")).isEqualTo("x = 4, as <think> is no tag.");
    assertThat(output(task)).isEqualTo("x = 4, as <think> is no tag.");
    assertThat(asha.get("/api/v1/tasks/" + task + "/events").body())
        .doesNotContain("The pupil asks");
  }

  @Test
  void aStreamWithoutItsEndIsNoAnswer() {
    model.enqueue(ModelScript.withoutEnd("Subtract ", "three"));

    HttpAnswer failed =
        Tasks.awaitStatus(asha, Tasks.message(asha, "cut " + UUID.randomUUID()), "failed");

    assertThat(failed.body()).doesNotContain("Subtract");
  }

  @Test
  void halvesOfACharacterThatComeApartAreOneInTheEvents() {
    Gate gate = Gate.every(Duration.ofMillis(150));
    model.enqueue(
        new ModelScript.RawScript(
            200,
            "text/event-stream",
            List.of(
                "data: {\"choices\":[{\"delta\":{\"content\":\"Well done \\ud83c\"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"\\udf89 indeed.\"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"),
            gate));

    String task = Tasks.message(asha, "emoji " + UUID.randomUUID());
    HttpAnswer done = Tasks.awaitStatus(asha, task, "completed");

    assertThat(done.text("response")).isEqualTo("Well done 🎉 indeed.");
    assertThat(output(task)).isEqualTo("Well done 🎉 indeed.");
  }

  @Test
  void aWaitInMillisecondsCostsNoAttempt() {
    model.enqueue(ModelScript.rateLimitedForMillis(1200), ModelScript.answer("After the wait."));

    String task = Tasks.message(asha, "wait " + UUID.randomUUID());

    assertThat(Tasks.awaitStatus(asha, task, "completed").text("response"))
        .isEqualTo("After the wait.");
    assertThat(asha.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void aQuestionIsAskedForAgainWithTheTrueReason() {
    String question =
        """
        <think>{"question": "draft"}</think>Of course!
        ```json
        {"question": "Solve \\(\\frac{x}{3} = 5\\).", "options": {"A": "5", "B": "15", "C": "3", "D": "8"},
         "correct_answer": "B", "explanation": "\\(5 \\times 3\\)"}
        ```\
        """;
    model.enqueue(ModelScript.cutAtLimit(question.substring(0, 120)), ModelScript.answer(question));

    HttpAnswer done = Tasks.awaitStatus(asha, Tasks.question(asha, "fractions"), "completed");

    assertThat(done.json().path("question").path("question").asString(""))
        .isEqualTo("Solve \\(\\frac{x}{3} = 5\\).");
    assertThat(done.json().path("question").path("explanation").asString(""))
        .isEqualTo("\\(5 \\times 3\\)");
    assertThat(model.requests().getLast().lastUserText())
        .contains("cut off at the model's length limit");
  }

  // On a server of its own: it remembers what its provider refuses.
  @Test
  void aServerWithoutJsonModeWritesQuestionsAllTheSame(@TempDir Path folder) {
    try (ScriptedModelServer withoutJson = ScriptedModelServer.start();
        TestServer own =
            TestServer.start(
                folder,
                "handoff.demo=true",
                "handoff.ai.provider=openai",
                "handoff.ai.base-url=" + withoutJson.baseUrl())) {
      withoutJson.byDefault(
          ModelScript.refusingField(
              "response_format",
              ModelScript.answer(
                  """
                  {"question": "2x = 8?", "options": {"A": "1", "B": "2", "C": "3", "D": "4"},
                   "correct_answer": "D", "explanation": "Halve it."}\
                  """)));
      Client pupil = own.as("asha@demo.test");

      HttpAnswer done =
          Tasks.awaitStatus(pupil, Tasks.question(pupil, "linear equations"), "completed");

      assertThat(done.json().path("question").path("correct_answer").asString("")).isEqualTo("D");
      assertThat(withoutJson.requests().getLast()).returns(false, ModelRequest::wantsJson);
    }
  }

  @Test
  void theTypeTextTellsOfTheLimitAndLeavesThoughtsOut() {
    model.enqueue(ModelScript.ended("length", "<think>hm</think>", "Half a sum"));

    String task = TextTasks.submit(asha, TextTasks.body());
    String text =
        TextTasks.await(asha, task, "completed").json().path("result").path("text").asString("");

    assertThat(text).startsWith("Half a sum").contains("length limit").doesNotContain("hm<");
    assertThat(output(task)).isEqualTo(text);
  }

  /// What the events of an ended task say, joined.
  private String output(String task) {
    return CHUNK
        .matcher(asha.get("/api/v1/tasks/" + task + "/events").body())
        .results()
        .map(chunk -> JsonMapper.shared().readTree(chunk.group(1)).path("text").asString(""))
        .collect(Collectors.joining());
  }
}
