package dev.handoff.systems.teamevaluation.names;

import dev.handoff.systems.teamevaluation.names.FullName.NameWord;
import dev.handoff.systems.teamevaluation.names.NameForm.FormKind;
import dev.handoff.systems.teamevaluation.names.NameForm.Near;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The ways to write the names of some people, as small letters without anything between them: some
/// twenty for each of them. Immutable once made.
final class NameForms {
  private static final int SHORTEST = 3;
  private static final int BEGINNING = 3;
  private static final int MOST_PARTICLES = 3;

  private final Map<String, NameForm> forms = new HashMap<>();
  private final Map<String, NameForm> squeezed = new HashMap<>();
  private final Set<String> beginnings = new HashSet<>();
  private int longest;

  static NameForms of(Collection<String> close, Collection<String> others) {
    NameForms forms = new NameForms();
    close.forEach(name -> forms.add(name, Near.CLOSE));
    others.forEach(name -> forms.add(name, Near.SCHOOL));
    return forms;
  }

  @Nullable NameForm find(String letters) {
    return forms.get(letters);
  }

  /// The form that differs from these letters only in how often a letter is repeated.
  @Nullable NameForm findSqueezed(String letters) {
    return squeezed.get(squeeze(letters));
  }

  /// Whether any form begins like these letters, as far as the first three tell.
  boolean mayBegin(CharSequence letters) {
    return beginnings.contains(
        letters.subSequence(0, Math.min(BEGINNING, letters.length())).toString());
  }

  int longest() {
    return longest;
  }

  /// The letters without those that repeat the one before.
  static String squeeze(String letters) {
    StringBuilder one = new StringBuilder(letters.length());
    for (int i = 0; i < letters.length(); i++) {
      if (i == 0 || letters.charAt(i) != letters.charAt(i - 1)) {
        one.append(letters.charAt(i));
      }
    }
    return one.toString();
  }

  private void add(String written, Near near) {
    for (FullName name : FullName.of(written)) {
      if (name.size() > 0) {
        addWords(name, near);
        addRuns(name, near);
        if (near == Near.CLOSE) {
          name.first().parts().forEach(this::addShort);
          addShort(name.first().joined());
          for (String shorter : ShortNames.of(name.first().joined())) {
            addRuns(name.calledBy(shorter), near);
          }
          NameForm initials = new NameForm(FormKind.INITIALS, near, true, 0);
          put(List.of(allInitials(name)), initials);
          for (int to = 1; to <= name.size(); to++) {
            put(List.of(name.initials(0, to)), initials);
          }
        }
      }
    }
  }

  private void addWords(FullName name, Near near) {
    for (int i = 0; i < name.size(); i++) {
      if (!name.isParticle(i)) {
        NameForm form = new NameForm(FormKind.WORD, near, i == 0, 0);
        List<String> parts = name.words().get(i).parts();
        put(parts, form);
        parts.stream()
            .filter(part -> part.length() >= SHORTEST && !FullName.isParticle(part))
            .forEach(part -> put(List.of(part), form));
      }
    }
  }

  // Every row of words, and what is put together of the first name, or its initial, and others.
  private void addRuns(FullName name, Near near) {
    NameForm form = new NameForm(FormKind.SEVERAL, near, true, 0);
    for (int from = 0; from < name.size(); from++) {
      for (int to = from + 1; to <= name.size(); to++) {
        if (!name.isParticle(to - 1)) {
          addRun(name, new TextSpan(from, to), near);
          if (from > 0) {
            addInitial(name, to - 1, form);
          }
        }
      }
    }
    if (name.size() > 1) {
      List<String> first = name.first().parts();
      put(joined(first, List.of(name.initials(1, name.size()))), form);
      put(joined(first, List.of(allInitials(name).substring(first.size()))), form);
    }
  }

  private void addRun(FullName name, TextSpan run, Near near) {
    NameForm form = new NameForm(FormKind.SEVERAL, near, true, 0);
    for (List<String> way : ways(name.between(run.start(), run.end()), near)) {
      if (run.end() - run.start() > 1) {
        put(way, new NameForm(FormKind.SEVERAL, near, run.start() == 0, 0));
      }
      if (run.start() > 0) {
        addBesideFirst(name, run.start(), way, form);
      }
    }
  }

  // "Lotte B.", "Fleur van der B."
  private void addInitial(FullName name, int word, NameForm form) {
    List<String> initial = List.of(name.words().get(word).initials());
    put(joined(name.first().parts(), initial), form);
    if (form.isClose() && word > 1) {
      ways(name.between(1, word), form.near())
          .forEach(way -> put(joined(joined(name.first().parts(), way), initial), form));
    }
  }

  private void addBesideFirst(FullName name, int from, List<String> way, NameForm form) {
    List<String> first = name.first().parts();
    put(joined(first, way), form);
    for (String initials : initials(name, from)) {
      put(joined(List.of(initials), way), form);
    }
    if (form.isClose()) {
      List<String> turned = joined(way, first);
      put(turned, form);
      put(joined(way, List.of(name.first().initials())), form);
      if (from > 1) {
        ways(name.between(1, from), form.near())
            .forEach(particles -> put(joined(turned, particles), form));
      }
    }
  }

  // "J", "JP" and those of all the words before.
  private static Set<String> initials(FullName name, int from) {
    return new LinkedHashSet<>(
        List.of(name.initials(0, 1).substring(0, 1), name.initials(0, 1), name.initials(0, from)));
  }

  // The words with each particle in full, as its first letter, and as others mistake it.
  private static List<List<String>> ways(List<NameWord> words, Near near) {
    List<List<String>> ways = new ArrayList<>(List.of(List.of()));
    int particles = 0;
    for (NameWord word : words) {
      List<List<String>> forms = new ArrayList<>(List.of(word.parts()));
      if (word.isParticle() && particles < MOST_PARTICLES) {
        otherForms(word.joined(), near).forEach(form -> forms.add(List.of(form)));
        particles++;
      }
      List<List<String>> longer = new ArrayList<>();
      ways.forEach(way -> forms.forEach(form -> longer.add(joined(way, form))));
      ways = longer;
    }
    return ways;
  }

  private static Set<String> otherForms(String particle, Near near) {
    Set<String> forms = new LinkedHashSet<>();
    switch (particle) {
      case "het" -> forms.add("t");
      case "t" -> forms.add("het");
      case "de", "den", "der" -> {
        forms.add("d");
        if (near == Near.CLOSE) {
          forms.addAll(List.of("de", "den", "der"));
        }
      }
      default -> forms.add(particle.substring(0, 1));
    }
    forms.remove(particle);
    return forms;
  }

  private static String allInitials(FullName name) {
    StringBuilder initials = new StringBuilder();
    name.words().forEach(word -> initials.append(word.initials()));
    return initials.toString();
  }

  private void addShort(String first) {
    NameForm form = new NameForm(FormKind.SHORT, Near.CLOSE, true, 0);
    NameForm known = new NameForm(FormKind.WORD, Near.CLOSE, true, 0);
    ShortNames.of(first).forEach(shorter -> put(List.of(shorter), known));
    for (int length = SHORTEST; length < first.length(); length++) {
      put(List.of(first.substring(0, length)), form);
    }
  }

  private static List<String> joined(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private void put(List<String> parts, NameForm form) {
    String letters = String.join("", parts);
    if (letters.length() < 2 || letters.length() >= Long.SIZE) {
      return;
    }
    NameForm one = new NameForm(form.kind(), form.near(), form.isFirst(), cuts(parts));
    forms.merge(letters, one, NameForm::and);
    // Of several words each is found stretched by itself.
    if (form.kind() == FormKind.WORD || (form.isClose() && form.kind() == FormKind.SEVERAL)) {
      squeezed.merge(squeeze(letters), one, NameForm::and);
    }
    for (int length = 1; length <= Math.min(BEGINNING, letters.length()); length++) {
      beginnings.add(letters.substring(0, length));
    }
    longest = Math.max(longest, letters.length());
  }

  private static long cuts(List<String> parts) {
    long cuts = 0;
    int at = 0;
    for (String part : parts) {
      at += part.length();
      cuts |= 1L << at;
    }
    return cuts;
  }
}
