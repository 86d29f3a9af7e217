package dev.handoff.ai.provider;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Leaves out the thoughts that a model writes before its answer, wherever the pieces are cut. Tags
/// after the answer has begun belong to the answer. Confined to one thread.
final class ThoughtFilter {
  /// Between two tags that are spoken of: "`<think>` and `</think>` are tags".
  private static final Pattern SPOKEN_OF =
      Pattern.compile("\\s*(?:and|or|und|oder|en|of|et|…|\\.\\.\\.|,|/)\\s*");

  /// After a tag that is spoken of and never closed: a sentence goes on.
  private static final Pattern SENTENCE = Pattern.compile(" \\p{Ll}.*", Pattern.DOTALL);

  private static final Pattern INVISIBLE = Pattern.compile("^[\\s\uFEFF\u200B]+");

  private final StringBuilder held = new StringBuilder();
  private ThoughtTags.@Nullable Opening thinking;
  private int inside;
  private int searched;
  private boolean answering;
  private boolean thought;
  private boolean opened;

  /// With the tag that ends thoughts which begin before the answer does; null for none.
  ThoughtFilter(@Nullable String closing) {
    opened = closing != null;
    thinking = closing == null ? null : new ThoughtTags.Opening(0, closing);
  }

  /// What of the answer is known to be answer so far; empty while the model thinks.
  String next(String piece) {
    if (answering) {
      return piece;
    }
    held.append(piece);
    while (!answering) {
      if (thinking == null && !open()) {
        return answering ? take() : "";
      }
      if (thinking != null && !close(thinking)) {
        return answering ? take() : "";
      }
    }
    return take();
  }

  // True when thoughts begin here, or the mark of an answer was taken off.
  private boolean open() {
    String text = held.toString();
    String begun = INVISIBLE.matcher(text).replaceFirst("");
    if (begun.isEmpty()) {
      return false;
    }
    Optional<ThoughtTags.Opening> tag = ThoughtTags.at(begun);
    if (tag.isPresent() && tag.get().isMark()) {
      held.delete(0, text.length() - begun.length() + tag.get().length());
      thought = true;
      return true;
    }
    if (tag.isPresent()) {
      thinking = tag.get();
      inside = text.length() - begun.length() + tag.get().length();
      searched = inside;
      return true;
    }
    answering = !ThoughtTags.mayBegin(begun);
    return false;
  }

  // True when these thoughts are over and something may follow.
  private boolean close(ThoughtTags.Opening tag) {
    int at = ThoughtTags.indexOf(tag.closing(), held, searched);
    searched = Math.max(inside, held.length() - tag.closing().length() + 1);
    if (at < 0) {
      return false;
    }
    if (SPOKEN_OF.matcher(held.subSequence(inside, at)).matches()) {
      answering = true;
      return false;
    }
    held.delete(0, at + tag.closing().length());
    thinking = null;
    opened = false;
    thought = true;
    return true;
  }

  // After thoughts the answer begins with its first word.
  private String take() {
    String text = thought ? held.toString().stripLeading() : held.toString();
    held.setLength(0);
    return text;
  }

  /// What was held back and is answer after all, at the end of an answer that is complete or cut.
  String rest(StopReason end) {
    if (answering) {
      return "";
    }
    if (thinking == null) {
      return take();
    }
    // Without their end, opened thoughts were none, unless the limit came first.
    boolean answer =
        end != StopReason.CUT && (opened || SENTENCE.matcher(held.substring(inside)).matches());
    return answer ? take() : "";
  }
}
