package dev.handoff.systems.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What models put before, behind and around the JSON that they were asked for.
final class JsonInTextTest {
  private static final String GOOD = "{\"steps\": [{\"title\": \"Open\"}], \"note\": \"good\"}";
  private static final String DRAFT = "{\"steps\": [{\"title\": \"Draft\"}], \"note\": \"draft\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```json\n%s",
        "~~~\n%s\n~~~",
        "json\n%s",
        "\uFEFF%s",
        "<json>%s</json>",
        "<answer>\n%s\n</answer>",
        "<tool_call>{\"name\": \"save\", \"arguments\": %s}</tool_call>",
        "[TOOL_CALLS] [{\"name\": \"save\", \"arguments\": %s}]",
        "{\"type\": \"object\", \"value\": %s}",
        "{\"data\": [{\"result\": [%s]}]}",
        "# Answer\n\n| a | b |\n|---|---|\n\n%s\n\nHope this helps :}",
        "The template is {steps: …}. %s",
        "Curly {braces} and [brackets] and {\"a\": 1}, {\"b\": [2]}.\n%s\n[1]: http://x",
        "<think time=\"3\">%d</think>%s",
        "<reflection>%d</reflection>\n%s",
        "<scratchpad>%d</scratchpad>%s",
        "<analysis>%d</analysis>%s",
        "[THINK]%d[/THINK]%s",
        "◁think▷%d◁/think▷%s",
        "<|channel|>analysis<|message|>%d<|end|><|start|>assistant<|channel|>final<|message|>%s",
        "%d\n</think>\n\n```json\n%s\n```",
        "%s\n<think>Was %d better?</think>",
        "Thinking...\n%d\n...done thinking.\n\n%s",
        "Draft:\n```json\n%d\n```\nAfter a second look:\n```json\n%s\n```",
        "%s\n\nNote: the \"title\" is short.",
        "%s <|im_end|>",
        "%s\n```\n```python\nx = {'a': [1]}\n```",
      })
  void theExpectedObjectIsFound(String around) {
    assertThat(note(around.replace("%d", DRAFT).replace("%s", GOOD))).isEqualTo("good");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"steps\": [], // none yet\n \"note\": \"good\"}",
        "{\"steps\": [], /* all */ \"note\": \"good\",}",
        "{steps: [], note: \"good\"}",
        "{\"steps\": [{\"at\": NaN},], \"note\": \"good\"}",
        "{\"text\": \"```json\\n{\\\"steps\\\": [], \\\"note\\\": \\\"good\\\"}\\n```\"}",
        "{\"text\": \"Sure: {\\\"steps\\\": [], \\\"note\\\": \\\"good\\\"}\"}",
        "{\"steps\": [\"a\nb\tc\"], \"note\": \"good\"}",
        "{\"steps\": [\"see https://x.example/a and } here\"], \"note\": \"good\"}",
        "{\"steps\": [\"the tags <think> and </think>\"], \"note\": \"good\"}",
      })
  void smallFaultsAreForgiven(String json) {
    assertThat(note(json)).isEqualTo("good");
  }

  @Test
  void apostrophesThatNeedNoBackslashLoseIt() {
    JsonNode found = find("{\"steps\": [\"don\\'t use \\frac{1}{2}\"]}");

    assertThat(found.path("steps").path(0).asString()).isEqualTo("don't use \\frac{1}{2}");
  }

  @Test
  void formulasBeforeTheAnswerDoNotUseUpThePatience() {
    String steps = "We have \\(\\frac{1}{2} + \\sqrt[3]{8} = \\{x\\}\\).\n".repeat(2_000);

    assertThat(note(steps + GOOD)).isEqualTo("good");
  }

  @Test
  void thoughtsAloneAreNoAnswer() {
    assertThatThrownBy(() -> find("<think>" + DRAFT + "</think>")).hasMessageContaining("JSON");
    assertThatThrownBy(() -> find(DRAFT + "</think>")).hasMessageContaining("JSON");
  }

  private static String note(String answer) {
    return find(answer).path("note").asString("");
  }

  private static JsonNode find(String answer) {
    return ModelJson.find(answer, json -> json.path("steps").isArray());
  }
}
