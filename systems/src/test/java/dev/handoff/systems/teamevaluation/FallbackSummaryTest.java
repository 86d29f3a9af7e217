package dev.handoff.systems.teamevaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FallbackSummaryTest {
  @Test
  void beginsWithHowManyCommentsThereAre() {
    assertThat(FallbackSummary.of(1, List.of("ok")))
        .startsWith("Je hebt 1 peer-feedback reactie ontvangen. ");
    assertThat(FallbackSummary.of(5, List.of("ok")))
        .startsWith("Je hebt 5 peer-feedback reacties ontvangen. ");
  }

  @Test
  void namesConcernsWhereThereAreMoreOfThem() {
    assertThat(FallbackSummary.of(2, List.of("Weinig inzet.", "Komt afspraken vrijwel nooit na")))
        .contains("zorgen over je inzet")
        .contains("één duidelijke taak en een deadline");
    assertThat(
            FallbackSummary.of(2, List.of("slechte planning", "duidelijke uitleg, nooit te laat")))
        .as("two against one")
        .contains("zorgen");
    assertThat(FallbackSummary.of(1, List.of("weinig inzet")))
        .as("one is no pattern")
        .contains("Kies één punt");
  }

  @Test
  void namesContributionWhereNothingIsWrong() {
    assertThat(FallbackSummary.of(2, List.of("Goede bijdrage!", "ok")))
        .contains("positief over je bijdrage")
        .contains("communiceert")
        .contains("Houd dit vast");
  }

  @Test
  void namesBothElse() {
    assertThat(FallbackSummary.of(2, List.of("goede bijdrage", "soms niet goed voorbereid")))
        .contains("goed gaan")
        .contains("Kies één punt")
        .contains("deze week");
    assertThat(FallbackSummary.of(1, List.of("Slechts één keer te laat")))
        .contains("Kies één punt");
  }

  @Test
  void whatIsDeniedIsNoPraise() {
    assertThat(
            FallbackSummary.of(
                2, List.of("Niet goed gepland: begon pas laat.", "Weinig inzet, niet proactief")))
        .contains("zorgen over je inzet");
    assertThat(FallbackSummary.of(1, List.of("Gaf geen duidelijke uitleg, niet altijd proactief")))
        .contains("Kies één punt");
    assertThat(FallbackSummary.of(1, List.of("Niet slecht! Goed gepland, en proactief.")))
        .contains("Houd dit vast");
  }
}
