package dev.handoff.systems.teamevaluation.names;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;

/// A text as names are compared in it: without accents and invisible characters, in Latin letters
/// where it only looks like them. It knows where each character stands in the text as it was
/// written. Immutable; making one takes time and memory in proportion to the text.
final class FoldedText {
  private static final char DIAERESIS = '\u0308';

  private final String cased;
  private final String lower;
  private final int[] starts;
  private final BitSet umlauts;

  private FoldedText(String cased, int[] starts, BitSet umlauts) {
    this.cased = cased;
    this.lower = lowerCase(cased);
    this.starts = starts;
    this.umlauts = umlauts;
  }

  static FoldedText of(String written) {
    Folding folding = new Folding(written.length());
    for (int at = 0; at < written.length(); ) {
      int character = written.codePointAt(at);
      folding.add(character, at);
      at += Character.charCount(character);
    }
    return folding.done(written.length());
  }

  /// With capitals as they were written.
  String cased() {
    return cased;
  }

  /// In small letters; as long as [#cased].
  String lower() {
    return lower;
  }

  /// A part in small letters, with ae, oe and ue for letters with two dots, as some write them.
  String spelledOut(int start, int end) {
    if (umlauts.nextSetBit(start) < 0 || umlauts.nextSetBit(start) >= end) {
      return lower.substring(start, end);
    }
    StringBuilder text = new StringBuilder();
    for (int i = start; i < end; i++) {
      text.append(lower.charAt(i));
      if (umlauts.get(i)) {
        text.append('e');
      }
    }
    return text.toString();
  }

  /// Where a part of this text stands in the text as it was written, with the accents and invisible
  /// characters that follow its last letter.
  TextSpan written(int start, int end) {
    int next = end;
    // One character may have become several.
    while (next < cased.length() && starts[next] == starts[end - 1]) {
      next++;
    }
    return new TextSpan(starts[start], starts[next]);
  }

  private static String lowerCase(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = Character.toLowerCase(letters[i]);
    }
    return new String(letters);
  }

  private static final class Folding {
    private final StringBuilder folded;
    private final BitSet umlauts = new BitSet();
    private int[] starts;

    Folding(int length) {
      folded = new StringBuilder(length);
      starts = new int[length + 16];
    }

    void add(int character, int at) {
      if (character < 128 && character != '`') {
        append((char) character, at);
      } else if (!isInvisible(character)) {
        String seen = LookAlikes.read(character);
        boolean isSlashed = character == 'ø' || character == 'Ø';
        String apart = Normalizer.normalize(seen, Normalizer.Form.NFKD);
        apart.codePoints().forEach(part -> addPart(part, at));
        if (isSlashed) {
          umlauts.set(folded.length() - 1);
        }
      }
    }

    private void addPart(int part, int at) {
      switch (Character.getType(part)) {
        case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> {
          if (part == DIAERESIS
              && !folded.isEmpty()
              && isRounded(folded.charAt(folded.length() - 1))) {
            umlauts.set(folded.length() - 1);
          }
        }
        case Character.DASH_PUNCTUATION -> append('-', at);
        default -> {
          String seen = LookAlikes.read(part);
          for (int i = 0; i < seen.length(); i++) {
            append(seen.charAt(i), at);
          }
        }
      }
    }

    private static boolean isRounded(char letter) {
      return "aouAOU".indexOf(letter) >= 0;
    }

    private static boolean isInvisible(int character) {
      return Character.getType(character) == Character.FORMAT
          // Fillers and the blank of Braille, which are letters and signs by their type.
          || character == 0x115F
          || character == 0x1160
          || character == 0x3164
          || character == 0xFFA0
          || character == 0x2800;
    }

    private void append(char letter, int at) {
      if (folded.length() + 1 >= starts.length) {
        starts = Arrays.copyOf(starts, starts.length * 2);
      }
      starts[folded.length()] = at;
      folded.append(letter);
    }

    FoldedText done(int length) {
      int[] all = Arrays.copyOf(starts, folded.length() + 1);
      all[folded.length()] = length;
      return new FoldedText(folded.toString(), all, umlauts);
    }
  }
}
