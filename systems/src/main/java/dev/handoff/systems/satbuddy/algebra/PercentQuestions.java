package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises the everyday questions about percentages.
final class PercentQuestions {
  private static final String NUMBER = "(-?\\d{1,30}(?:\\.\\d{1,30})?)";
  private static final String PERCENT = "\\s*(?:%|percent\\b|per cent\\b)";
  private static final Pattern PART =
      Pattern.compile("^" + asking() + NUMBER + PERCENT + " of " + NUMBER + end());
  private static final Pattern OFF =
      Pattern.compile("^" + asking() + NUMBER + PERCENT + " off (?:of )?" + NUMBER + end());
  private static final Pattern SHARE =
      Pattern.compile("what(?:" + PERCENT + "| percentage) of " + NUMBER + " is " + NUMBER);
  private static final Pattern SHARE_TURNED =
      Pattern.compile(NUMBER + " is what(?:" + PERCENT + "| percentage) of " + NUMBER);
  private static final Pattern CHANGE =
      Pattern.compile(
          "percent(?:age)? (?:increase|decrease|change)\\b.{0,40}? from "
              + NUMBER
              + " to "
              + NUMBER);

  private PercentQuestions() {}

  private static String asking() {
    return "(?:(?:hi|hello|please|can you|could you|what is|what's|whats|find|calculate|compute"
        + "|work out|how much is|tell me)[, ]{0,3}){0,6}";
  }

  private static String end() {
    return "\\s*[?.!=]*\\s*$";
  }

  /// The answer, when the text (in plain notation) is such a question.
  static Optional<Solved> answer(String plain) {
    String text = plain.toLowerCase(Locale.ROOT).strip();
    Matcher part = PART.matcher(text);
    if (part.find()) {
      return Optional.of(NumberWork.percentOf(number(part, 1), number(part, 2)));
    }
    Matcher off = OFF.matcher(text);
    if (off.find()) {
      return Optional.of(NumberWork.percentOff(number(off, 1), number(off, 2)));
    }
    Matcher share = SHARE.matcher(text);
    if (share.find()) {
      return Optional.of(NumberWork.whatPercent(number(share, 2), number(share, 1)));
    }
    Matcher turned = SHARE_TURNED.matcher(text);
    if (turned.find()) {
      return Optional.of(NumberWork.whatPercent(number(turned, 1), number(turned, 2)));
    }
    Matcher change = CHANGE.matcher(text);
    return change.find()
        ? Optional.of(NumberWork.percentChange(number(change, 1), number(change, 2)))
        : Optional.empty();
  }

  private static Rational number(Matcher matcher, int group) {
    return Algebra.number(matcher.group(group));
  }
}
