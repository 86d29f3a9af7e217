package dev.handoff.systems.teamevaluation.names;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Short forms of first names that are not their first letters, from a shipped file, and the first
/// names that they may stand for.
final class ShortNames {
  private static final Map<String, Set<String>> FORMS = read();

  private ShortNames() {}

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> forms = new HashMap<>();
    for (String line : NameFiles.lines("short-names")) {
      List<String> names = List.of(line.split(" +", -1));
      for (String shorter : names.subList(1, names.size())) {
        forms.computeIfAbsent(names.getFirst(), ignored -> new HashSet<>()).add(shorter);
        forms.computeIfAbsent(shorter, ignored -> new HashSet<>()).add(names.getFirst());
      }
    }
    return forms;
  }

  static Set<String> of(String firstName) {
    return FORMS.getOrDefault(firstName, Set.of());
  }
}
