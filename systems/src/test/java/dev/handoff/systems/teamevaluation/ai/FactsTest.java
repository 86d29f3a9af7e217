package dev.handoff.systems.teamevaluation.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read from a model's facts.
final class FactsTest {
  @Test
  void readsFactsAndLeavesOutWhatPraisesNobody() {
    Facts facts =
        Facts.read(
            """
            ```json
            {"positives": ["plant goed", " OK ", "Oké!", ""], "negatives": ["laat", 7],
             "themes": ["a", "b", "c", "d"], "action": " Begin eerder. ",}
            ```
            """);

    assertThat(facts.positives()).containsExactly("plant goed");
    assertThat(facts.negatives()).containsExactly("laat");
    assertThat(facts.themes()).containsExactly("a", "b", "c");
    assertThat(facts.action()).isEqualTo("Begin eerder.");
    assertThat(facts.isNothing()).isFalse();
    assertThat(facts.json())
        .isEqualTo(
            "{\"positives\":[\"plant goed\"],\"negatives\":[\"laat\"],"
                + "\"themes\":[\"a\",\"b\",\"c\"],\"action\":\"Begin eerder.\"}");
  }

  @Test
  void okAloneIsNothing() {
    assertThat(Facts.read("{\"positives\":[\"ok\"],\"negatives\":[]}").isNothing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "Je werkt goed.",
        "[]",
        "{}",
        "{\"positives\":\"x\",\"negatives\":[]}",
        "{\"positives\":[",
        "null"
      })
  void refusesWhatHasNoFacts(String answer) {
    assertThatThrownBy(() -> Facts.read(answer)).isInstanceOf(AttemptException.class);
  }
}
