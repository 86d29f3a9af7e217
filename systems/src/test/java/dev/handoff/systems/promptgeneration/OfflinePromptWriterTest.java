package dev.handoff.systems.promptgeneration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.ai.AiReply;
import dev.handoff.systems.promptgeneration.Businesses.Business;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OfflinePromptWriterTest {
  private final OfflinePromptWriter writer = new OfflinePromptWriter();

  private String prompt(String notes) {
    return writer.write(notes, new Business("", "")).text();
  }

  @Test
  void sortsNotesUnderHeadingsAsTheyWereWritten() {
    String prompt =
        prompt(
            """
            - Bakery "Het Brood", bread 1,50 EUR (white, brown), tel 555 12
            open Mon-Fri 8-17; closed on Sunday
            3) Market street 4
            Always answer politely!
            """);

    assertThat(prompt)
        .contains("## Contact\n- tel 555 12")
        .contains("## Opening hours\n- open Mon-Fri 8-17\n- closed on Sunday")
        .contains("## Address\n- Market street 4")
        .contains("## Prices\n- bread 1,50 EUR (white, brown)")
        .contains("- Bakery \"Het Brood\"")
        .contains("- Always answer politely!");
  }

  @Test
  void leavesNothingOutAndAddsNoFact() {
    List<String> notes = List.of("We fix bikes", "€ 40 an hour", "no e-bikes", "info@bikes.test");

    String prompt = prompt(String.join("\n", notes));

    assertThat(prompt).contains(notes);
    assertThat(prompt.lines().filter(line -> line.startsWith("- "))).hasSize(notes.size());
  }

  @Test
  void longLinesStayWhole() {
    String line =
        "We are a family business, founded in 1950, and we bake everything by hand, every single day.";

    assertThat(prompt(line)).contains("- " + line);
  }

  @Test
  void theTemplateComesFirstAndWithoutOneTheKindOfBusiness() {
    AiReply reply = writer.write("bread", new Business("Bakery", "Template of a bakery."));

    assertThat(reply.text()).startsWith("Template of a bakery.\n\n## ");
    assertThat(reply.generatedByAi()).isFalse();
    assertThat(reply.usage().totalTokens()).isZero();
    assertThat(writer.write("bread", new Business("Bakery", "")).text())
        .startsWith("You are the assistant of this bakery.");
    assertThat(prompt("bread")).startsWith("You are the assistant of this business.");
  }

  @Test
  void sameNotesMakeTheSamePrompt() {
    assertThat(prompt("tel 5, bread")).isEqualTo(prompt("tel 5, bread"));
  }
}
