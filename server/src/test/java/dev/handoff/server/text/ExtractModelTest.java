package dev.handoff.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.TokenListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtractModelTest {
  private static final String TEXT =
      """
      Bees live in colonies. A colony has one queen. The queen lays up to two thousand eggs a day. \
      Workers gather nectar and pollen. Nectar becomes honey in the comb. In winter the colony keeps \
      warm by trembling. Honey keeps for years.
      """;

  private static AiReply extract(String instructions, String text) {
    List<String> pieces = new ArrayList<>();
    TokenListener listener = pieces::add;
    AiReply reply =
        new ExtractModel().ask(AiRequest.of(instructions, AiMessage.user(text)), listener);
    assertThat(String.join("", pieces)).isEqualTo(reply.text());
    assertThat(pieces).allMatch(piece -> !piece.isEmpty() && piece.length() < 10_000);
    assertThat(reply.generatedByAi()).isFalse();
    return reply;
  }

  @Test
  void answersWithTheSentencesThatSpeakOfIt() {
    assertThat(extract("How many eggs does the queen lay?", TEXT).text())
        .startsWith(ExtractModel.FOUND)
        .contains("The queen lays up to two thousand eggs a day.")
        .doesNotContain("winter");
  }

  @Test
  void givesTheMostTellingSentencesInTheirOrder() {
    String summary = extract("", TEXT).text();

    assertThat(summary).startsWith(ExtractModel.SUMMARY);
    List<String> sentences =
        List.of(summary.substring(ExtractModel.SUMMARY.length()).strip().split("(?<=\\.) ", -1));
    assertThat(sentences).hasSize(3).allMatch(TEXT::contains);
    assertThat(sentences).isSortedAccordingTo((a, b) -> TEXT.indexOf(a) - TEXT.indexOf(b));
    assertThat(extract("", TEXT).text()).isEqualTo(summary);
  }

  @Test
  void doesNotPretendToDoWhatItCannot() {
    assertThat(extract("Translate into Welsh.", TEXT).text()).startsWith(ExtractModel.SUMMARY);
  }

  @Test
  void takesAnyText() {
    for (String text :
        List.of("?", "x".repeat(100_000), "😀".repeat(50_000), "a. ".repeat(30_000))) {
      assertThat(extract("x", text).text()).isNotBlank();
      assertThat(extract("", text).text()).isNotBlank();
    }
  }
}
