package dev.handoff.systems.teamevaluation;

import java.util.List;
import java.util.regex.Pattern;

/// A summary by rule, from words that comments often have, for when no AI wrote one.
final class FallbackSummary {
  /// What a pupil reads about whom nobody wrote yet.
  static final String NO_FEEDBACK =
      "Je hebt nog geen peer-feedback ontvangen. Zodra je teamgenoten hun beoordelingen hebben"
          + " ingeleverd, verschijnt hier een samenvatting.";

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  // The longer ones first: "niet goed" within "werkte niet goed samen" counts once.
  private static final Pattern NEGATIVE =
      Pattern.compile(
          "werkte niet goed samen|afspraken (?:vrijwel )?nooit na|niet goed|weinig inzet|\\bnooit\\b"
              + "|(?<!\\bniet )(?:\\bslechte?\\b|onvoldoende)",
          FLAGS);
  // "Niet goed gepland" and "niet altijd proactief" praise nobody.
  private static final String UNLESS_DENIED =
      "(?<!\\b(?:niet|geen|weinig|nooit)(?:\\s\\p{L}{1,12})?\\s)";
  private static final Pattern POSITIVE =
      Pattern.compile(
          UNLESS_DENIED
              + "(?:goed gepland|goede bijdrage|heldere communicatie|duidelijke uitleg|proactief)",
          FLAGS);

  private static final String CONCERNS =
      "Je teamgenoten maken zich zorgen over je inzet, over het nakomen van afspraken en over de"
          + " samenwerking. Spreek voor de volgende keer met je team één duidelijke taak en een"
          + " deadline af, en houd je daaraan.";
  private static final String PRAISE =
      "Je teamgenoten zijn positief over je bijdrage aan het team en over hoe je communiceert. Houd"
          + " dit vast en deel met je team wat voor jou goed werkt.";
  private static final String BOTH =
      "Je teamgenoten noemen dingen die goed gaan en dingen die beter kunnen. Kies één punt uit de"
          + " feedback waar je deze week aan werkt en vraag je team of zij verschil merken.";

  private FallbackSummary() {}

  /// Of so many comments in all, of which these are the words.
  static String of(int count, List<String> comments) {
    long negatives = comments.stream().mapToLong(text -> count(NEGATIVE, text)).sum();
    long positives = comments.stream().mapToLong(text -> count(POSITIVE, text)).sum();
    String received =
        "Je hebt %d peer-feedback %s ontvangen. "
            .formatted(count, count == 1 ? "reactie" : "reacties");
    if (negatives >= Math.max(2, positives + 1)) {
      return received + CONCERNS;
    }
    return received + (positives > 0 && negatives == 0 ? PRAISE : BOTH);
  }

  private static long count(Pattern phrases, String text) {
    return phrases.matcher(text).results().count();
  }
}
