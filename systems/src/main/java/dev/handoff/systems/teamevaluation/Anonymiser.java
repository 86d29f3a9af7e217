package dev.handoff.systems.teamevaluation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Takes out of a comment whatever says who wrote it or about whom: e-mail addresses, the names of
/// the people it may be about, and the turns of phrase that introduce a person. Words are compared
/// without case, accents and punctuation, so "van der Berg", "VAN DER BERG" and "vanderberg" are
/// one name. What must not get out is decided here and nowhere else. Immutable.
final class Anonymiser {
  /// What stands for what was taken out.
  static final String HIDDEN = "[...]";

  private static final int SHORTEST = 3;
  private static final Set<String> PARTICLES =
      Set.of(
          "van", "der", "den", "de", "het", "ten", "ter", "te", "op", "in", "aan", "bij", "uit",
          "von", "la", "le", "el", "al", "di", "da", "dos", "du", "bin", "ben", "und", "tot", "of");

  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
  private static final String LABEL = "[\\p{L}\\p{N}-]+";
  private static final String DOMAIN = LABEL + "(?:\\." + LABEL + ")";
  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+'-]+(?:"
              + ("@" + DOMAIN + "*|(?:\\s@\\s|\\s?[(\\[]at[)\\]]\\s?)" + DOMAIN + "+")
              + (")(?:@" + DOMAIN + "*)*"),
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
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
  private static final Pattern ROW_OF_HIDDEN =
      Pattern.compile("\\[\\.\\.\\.](?:[\\s,-]*\\[\\.\\.\\.])+");
  private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\p{L}\\p{N}]");

  private final Set<String> words;
  private final Set<String> shortWords;
  private final List<List<String>> rows;

  private Anonymiser(Set<String> words, Set<String> shortWords, List<List<String>> rows) {
    this.words = Set.copyOf(words);
    this.shortWords = Set.copyOf(shortWords);
    // The longest first, so that no name is left half.
    this.rows = rows.stream().sorted((one, other) -> other.size() - one.size()).distinct().toList();
  }

  /// For comments that may name these people, by their full names.
  static Anonymiser of(Collection<String> names) {
    Set<String> words = new HashSet<>();
    Set<String> shortWords = new HashSet<>();
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      List<String> parts = WORD.matcher(plain(name)).results().map(Anonymiser::folded).toList();
      if (!parts.isEmpty()) {
        add(parts, words, shortWords, rows);
      }
    }
    return new Anonymiser(words, shortWords, rows);
  }

  private static void add(
      List<String> name, Set<String> words, Set<String> shortWords, List<List<String>> rows) {
    for (int i = 0; i < name.size(); i++) {
      String part = name.get(i);
      if (i > 0 && PARTICLES.contains(part)) {
        continue;
      }
      if (part.length() >= SHORTEST) {
        words.add(part);
      } else if (part.length() == SHORTEST - 1) {
        shortWords.add(part);
      }
    }
    List<String> surname = name.subList(1, name.size());
    for (List<String> row : List.of(name, surname)) {
      if (row.size() > 1) {
        rows.add(List.copyOf(row));
        words.add(String.join("", row));
      }
    }
  }

  /// The same, for comments that may name this person too.
  Anonymiser knowing(String name) {
    Anonymiser one = of(List.of(name));
    Set<String> moreWords = new HashSet<>(words);
    moreWords.addAll(one.words);
    Set<String> moreShortWords = new HashSet<>(shortWords);
    moreShortWords.addAll(one.shortWords);
    List<List<String>> moreRows = new ArrayList<>(rows);
    moreRows.addAll(one.rows);
    return new Anonymiser(moreWords, moreShortWords, moreRows);
  }

  /// A comment without anything that tells of a person, on one line.
  String comment(String text) {
    String named = withoutNames(text);
    String unintroduced =
        INTRODUCED.matcher(SELF.matcher(named).replaceAll(HIDDEN)).replaceAll(HIDDEN);
    return ROW_OF_HIDDEN.matcher(collapsed(unintroduced)).replaceAll(HIDDEN);
  }

  /// What was written from such comments, should it name somebody nevertheless.
  String summary(String text) {
    return collapsed(withoutNames(text));
  }

  /// Whether there is more in a comment than what was taken out.
  static boolean saysSomething(String comment) {
    return SAYS_SOMETHING.matcher(comment.replace(HIDDEN, "")).find();
  }

  private String withoutNames(String text) {
    String source = EMAIL.matcher(plain(text)).replaceAll(HIDDEN);
    List<MatchResult> found = WORD.matcher(source).results().toList();
    List<String> folded = found.stream().map(Anonymiser::folded).toList();
    StringBuilder kept = new StringBuilder();
    int from = 0;
    for (int i = 0; i < found.size(); ) {
      int length = nameAt(i, found, folded, source);
      if (length > 0) {
        kept.append(source, from, found.get(i).start()).append(HIDDEN);
        from = found.get(i + length - 1).end();
      }
      i += Math.max(1, length);
    }
    return kept.append(source.substring(from)).toString();
  }

  // How many of the words from here on are one name; 0 for none.
  private int nameAt(int at, List<MatchResult> found, List<String> folded, String source) {
    for (List<String> row : rows) {
      int end = at + row.size();
      if (end <= folded.size()
          && folded.subList(at, end).equals(row)
          && areClose(found.subList(at, end), source)) {
        return row.size();
      }
    }
    return isName(folded.get(at), found.get(at).group()) ? 1 : 0;
  }

  private static boolean areClose(List<MatchResult> row, String source) {
    for (int i = 1; i < row.size(); i++) {
      String between = source.substring(row.get(i - 1).end(), row.get(i).start());
      if (between.length() > 3 || between.indexOf('\n') >= 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isName(String folded, String written) {
    String bare = folded.replaceAll("\\d+$", "");
    String owner = bare.endsWith("s") ? bare.substring(0, bare.length() - 1) : bare;
    return words.contains(bare)
        || words.contains(owner)
        // So short a word is a name only where it is written like one.
        || (shortWords.contains(bare) && Character.isUpperCase(written.codePointAt(0)));
  }

  private static String folded(MatchResult word) {
    String apart = Normalizer.normalize(word.group(), Normalizer.Form.NFD);
    StringBuilder folded = new StringBuilder();
    apart
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> folded.append(LETTERS.getOrDefault(c, Character.toString(c))));
    return folded.toString();
  }

  // Letters that are no letter with an accent, as people type them who have no key for them.
  private static final Map<Integer, String> LETTERS =
      Map.of(
          (int) 'ø', "o",
          (int) 'ł', "l",
          (int) 'đ', "d",
          (int) 'ð', "d",
          (int) 'ı', "i",
          (int) 'ß', "ss",
          (int) 'æ', "ae",
          (int) 'œ', "oe",
          (int) 'þ', "th");

  private static String plain(String text) {
    return INVISIBLE.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
  }

  private static String collapsed(String text) {
    return String.join(" ", Arrays.asList(text.strip().split("[\\s\\p{Cc}]+")));
  }
}
