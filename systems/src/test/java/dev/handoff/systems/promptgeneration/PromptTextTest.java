package dev.handoff.systems.promptgeneration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PromptTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "You sell tea.",
        "  You sell tea.\n",
        "```\nYou sell tea.\n```",
        "```markdown\nYou sell tea.\n```\n",
        "Here is your prompt:\n\nYou sell tea.",
        "Sure, here it is:\n```text\nYou sell tea.\n```"
      })
  void takesAwayWhatIsAroundThePrompt(String answer) {
    assertThat(PromptText.alone(answer)).isEqualTo("You sell tea.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Use this form:\n```\n{name}\n```\nand stay polite.",
        "```\na\n```\nthen\n```\nb\n```",
        "Opening hours:\n8-17"
      })
  void leavesThePromptItselfAlone(String prompt) {
    assertThat(PromptText.alone(prompt)).isEqualTo(prompt);
  }

  @Test
  void combinesTemplateBlankLineAndNotes() {
    assertThat(PromptText.combined("Template.\n", "notes")).isEqualTo("Template.\n\nnotes");
    assertThat(PromptText.combined(" ", "notes")).isEqualTo("notes");
  }
}
