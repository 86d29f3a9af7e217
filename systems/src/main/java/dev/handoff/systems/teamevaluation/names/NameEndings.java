package dev.handoff.systems.teamevaluation.names;

import java.util.ArrayList;
import java.util.List;

/// What is put behind a name: of Dutch, German, English and Spanish, for a genitive, a plural or a
/// small form.
final class NameEndings {
  private static final int SHORTEST = 2;
  private static final List<String> SMALL =
      List.of(
          "etjes", "etje", "tjes", "tje", "pjes", "pje", "kjes", "kje", "jes", "je", "ies", "ie",
          "kes", "ke", "eke", "y", "i", "chens", "chen", "leins", "lein", "citos", "citas", "cito",
          "cita", "itos", "itas", "ito", "ita");

  private NameEndings() {}

  /// What a first name may be of which this is a small form.
  static List<String> smallForms(String written) {
    List<String> names = new ArrayList<>();
    for (String ending : SMALL) {
      if (written.endsWith(ending) && written.length() - ending.length() >= SHORTEST) {
        addStems(written.substring(0, written.length() - ending.length()), names);
      }
    }
    return names;
  }

  /// What a name may be that has an "s" behind it.
  static List<String> owners(String written) {
    return written.endsWith("s") && written.length() > SHORTEST
        ? List.of(written.substring(0, written.length() - 1))
        : List.of();
  }

  // Bobbie of Bob, Evaatje of Eva, Lotje of Lotte, Klärchen of Klara.
  private static void addStems(String stem, List<String> names) {
    char last = stem.charAt(stem.length() - 1);
    names.add(stem);
    if (stem.length() > SHORTEST && last == stem.charAt(stem.length() - 2)) {
      names.add(stem.substring(0, stem.length() - 1));
    }
    names.add(stem + "e");
    names.add(stem + "a");
    names.add(stem + last + "e");
  }
}
