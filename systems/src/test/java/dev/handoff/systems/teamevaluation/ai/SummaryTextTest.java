package dev.handoff.systems.teamevaluation.ai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a pupil may read of what a model wrote.
final class SummaryTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "Je doet het prima hoor",
        "Sorry, ik kan je hier helaas niet bij helpen.",
        "Het spijt me, jouw verzoek is niet mogelijk.",
        "I cannot help you with je feedback request.",
        "I'm sorry, but I can't assist with je request.",
        "Als taalmodel heb ik geen mening over jouw werk.",
        "De leerling plant goed en helpt je team.",
        "Goed gepland en altijd op tijd klaar met het werk."
      })
  void isNothingUnlessItIsASummaryForThePupil(String answer) {
    // The third is long enough; the others are refused for what they say.
    if (answer.startsWith("Je doet")) {
      assertThat(SummaryText.checked(answer)).contains(answer);
    } else {
      assertThat(SummaryText.checked(answer)).isEmpty();
    }
  }

  @Test
  void becomesRunningText() {
    assertThat(
            SummaryText.checked(
                "**Samenvatting:**\n\n- Je plant *goed*.\n- Je team wil je vaker horen.\n"))
        .contains("Je plant *goed*. Je team wil je vaker horen.");
  }

  @Test
  void hasAtMostSevenSentencesTheLastOfWhichIsTheAdvice() {
    StringBuilder long9 = new StringBuilder();
    for (int i = 1; i <= 9; i++) {
      long9.append("Je zin nummer %d. ".formatted(i));
    }

    String text = SummaryText.checked(long9.toString()).orElseThrow();

    assertThat(text.split("\\. ?")).hasSize(7);
    assertThat(text).contains("nummer 6").doesNotContain("nummer 7").endsWith("nummer 9.");
  }
}
