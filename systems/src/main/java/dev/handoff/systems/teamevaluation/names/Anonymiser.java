package dev.handoff.systems.teamevaluation.names;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Takes out of a text whatever says who wrote it or about whom: the names of the people of a
/// school in the ways people write names, what leads to a person, and the turns of phrase that
/// introduce one. What must not get out is decided here and nowhere else. Nothing else of a text is
/// changed, but that it becomes one line. Immutable.
///
/// Making one takes some 30 µs for each person; a text takes time in proportion to its length.
public final class Anonymiser {
  /// What stands for what was taken out.
  public static final String HIDDEN = "[...]";

  private static final Pattern SELF =
      Pattern.compile(
          "\\b(?:jij|jou|jouw|je)\\s+(?:naam|heet|bent)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);
  private static final String CAPITALISED = "\\p{Lu}[\\p{L}\\p{M}'’-]*";
  private static final String BETWEEN = "(?:(?i:van|der|den|de|het|ten|ter|'t)\\s+){0,3}";
  private static final Pattern INTRODUCED =
      Pattern.compile(
          "\\b(?i:van|door|met)\\s+"
              + (BETWEEN + CAPITALISED)
              + ("(?:\\s+" + BETWEEN + CAPITALISED + "){0,3}"),
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern BEFORE_ANOTHER =
      Pattern.compile("\\[\\.\\.\\.][\\s,-]*+(?=\\[\\.\\.\\.])");
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

  private final NameForms forms;

  private Anonymiser(NameForms forms) {
    this.forms = forms;
  }

  /// For texts of a school, by the full names of its people.
  ///
  /// @param close those whom the texts are most likely about. Of these, initials, short forms and
  ///   lone surnames in small letters are found as well.
  public static Anonymiser of(Collection<String> close, Collection<String> others) {
    return new Anonymiser(NameForms.of(close, others));
  }

  /// A comment without anything that tells of a person, on one line.
  public NamelessText comment(String text) {
    String unintroduced =
        INTRODUCED
            .matcher(SELF.matcher(collapsed(withoutNames(text))).replaceAll(HIDDEN))
            .replaceAll(HIDDEN);
    return new NamelessText(BEFORE_ANOTHER.matcher(unintroduced).replaceAll(""));
  }

  /// What was written from such comments, should it name somebody nevertheless.
  public NamelessText summary(String text) {
    return new NamelessText(collapsed(withoutNames(text)));
  }

  private String withoutNames(String text) {
    FoldedText folded = FoldedText.of(text);
    List<TextSpan> found = new ArrayList<>(ContactFinder.find(folded));
    found.addAll(NameFinder.find(forms, folded));
    found.sort(Comparator.comparingInt(TextSpan::start));
    StringBuilder kept = new StringBuilder();
    int end = 0;
    for (TextSpan span : found) {
      TextSpan written = folded.written(span.start(), span.end());
      if (written.start() >= end) {
        kept.append(text, end, written.start()).append(HIDDEN);
      }
      end = Math.max(end, written.end());
    }
    return kept.append(text, end, text.length()).toString();
  }

  private static String collapsed(String text) {
    return BLANK.matcher(text).replaceAll(" ").strip();
  }
}
