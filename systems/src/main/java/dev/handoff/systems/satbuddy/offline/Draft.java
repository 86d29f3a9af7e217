package dev.handoff.systems.satbuddy.offline;

import dev.handoff.systems.satbuddy.algebra.Rational;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A question before its options are mixed: the right answer and candidates for wrong ones, each
/// the result of a typical mistake, the likeliest first. Equal candidates, and those that happen to
/// equal the right answer, are left out.
record Draft(String question, String correct, List<String> wrong, String explanation) {
  private static final int WRONG_OPTIONS = 3;

  Draft {
    Set<String> distinct = new LinkedHashSet<>(wrong);
    distinct.remove(correct);
    wrong = distinct.stream().limit(WRONG_OPTIONS).toList();
  }

  /// A draft whose options are whole numbers.
  static Draft whole(String question, int correct, String explanation, int... wrong) {
    return new Draft(
        question,
        Integer.toString(correct),
        IntStream.of(wrong).mapToObj(Integer::toString).toList(),
        explanation);
  }

  /// A draft whose options are rational numbers.
  static Draft rational(String question, Rational correct, String explanation, Rational... wrong) {
    return new Draft(
        question,
        Formula.option(correct),
        Stream.of(wrong).map(Formula::option).toList(),
        explanation);
  }

  /// A draft whose options are formulas.
  static Draft formula(String question, String correct, String explanation, String... wrong) {
    return new Draft(
        question, Formula.math(correct), Stream.of(wrong).map(Formula::math).toList(), explanation);
  }

  /// A draft whose options are plain text.
  static Draft text(String question, String correct, String explanation, String... wrong) {
    return new Draft(question, correct, List.of(wrong), explanation);
  }

  /// Whether there are enough different wrong options.
  boolean isComplete() {
    return wrong.size() == WRONG_OPTIONS;
  }
}
