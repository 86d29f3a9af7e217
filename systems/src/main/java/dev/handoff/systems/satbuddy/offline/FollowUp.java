package dev.handoff.systems.satbuddy.offline;

import dev.handoff.ai.AiMessage;
import dev.handoff.systems.satbuddy.algebra.Algebra;
import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Understands "and if it were 3x?" after a solved question: the one term of that kind is replaced.
/// It does nothing where more than one term could be meant.
final class FollowUp {
  private static final String TERM =
      "(-?\\d{0,9}(?:\\.\\d{1,9})?\\s?[a-z]|-?\\d{1,9}(?:\\.\\d{1,9})?)";
  private static final Pattern WHAT_IF =
      Pattern.compile(
          "^(?:and |but |so |ok |what )*if (?:it|that|this)(?: is| was| were|'s)? "
              + TERM
              + "(?: instead(?: of "
              + TERM
              + ")?)?$");

  private FollowUp() {}

  /// The question that is meant, when the message is such a follow-up.
  static Optional<String> rewritten(String message, List<AiMessage> history) {
    String text = message.toLowerCase(Locale.ROOT).replaceAll("[?.!]+$", "").strip();
    Matcher matcher = WHAT_IF.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String term = matcher.group(1);
    Pattern old =
        matcher.group(2) == null ? sameKind(term) : Pattern.compile(literally(matcher.group(2)));
    return lastSolved(history).flatMap(question -> replacedOnce(question, old, term));
  }

  /// Terms of the same kind: a multiple of the same unknown, or the number alone on the right side.
  private static Pattern sameKind(String term) {
    char last = term.charAt(term.length() - 1);
    return Character.isLetter(last)
        ? Pattern.compile("(?<![\\w.])\\d*(?:\\.\\d+)?\\s?" + last + "(?![\\w^²³])")
        : Pattern.compile("(?<=[=<>≤≥]\\s?)-?\\d+(?:\\.\\d+)?(?=[\\s?.!]*$)");
  }

  private static String literally(String term) {
    return "(?<![\\w.])" + Pattern.quote(term) + "(?![\\w.^²³])";
  }

  private static Optional<String> lastSolved(List<AiMessage> history) {
    return history.reversed().stream()
        .filter(message -> message.role() == AiMessage.Role.USER)
        .map(AiMessage::text)
        .filter(text -> Algebra.solve(text) instanceof AlgebraAnswer.Solved)
        .findFirst();
  }

  private static Optional<String> replacedOnce(String question, Pattern old, String term) {
    Matcher matcher = old.matcher(question);
    if (matcher.results().count() != 1) {
      return Optional.empty();
    }
    return Optional.of(matcher.replaceFirst(Matcher.quoteReplacement(term)));
  }
}
