package dev.handoff.systems.teamevaluation;

import dev.handoff.AttemptException;
import dev.handoff.SoftLimitException;
import dev.handoff.ai.AiReply;
import dev.handoff.systems.teamevaluation.SummaryModel.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Makes a summary of a pupil's feedback: by the AI in two steps where there is one and it answers,
/// by rule where not. Safe for use by many threads.
record SummaryMaker(
    FeedbackTable feedback,
    MemberTable members,
    Optional<SummaryModel> model,
    InstantSource clock) {
  /// Where the questions to the AI are asked: what one costs is paid once.
  interface Asking {
    /// The answer to the question of this name.
    String ask(String name, Callable<AiReply> question) throws Exception;

    /// Does the AI's part, as long as there is time for it.
    Optional<String> inTime(Callable<Optional<String>> part) throws Exception;
  }

  record MadeSummary(String text, Method method, Duration took) {}

  enum Method {
    AI,
    FALLBACK,
    EMPTY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Feedback feedback(Evaluation evaluation, Member student) {
    return feedback.of(evaluation, student);
  }

  SummaryMaterial anonymised(Feedback feedback) {
    return SummaryMaterial.of(feedback, names(feedback));
  }

  private Anonymiser names(Feedback feedback) {
    return members.anonymiser(feedback.evaluation(), feedback.student());
  }

  MadeSummary make(Feedback feedback, SummaryMaterial material, Asking asking) throws Exception {
    Instant begun = clock.instant();
    Optional<String> written =
        model.isEmpty() || material.all().isEmpty()
            ? Optional.empty()
            : inTime(model.get(), material, asking);
    String text =
        written
            .map(names(feedback)::summary)
            .orElseGet(() -> FallbackSummary.of(material.total(), material.all()));
    return new MadeSummary(
        text,
        written.isPresent() ? Method.AI : Method.FALLBACK,
        Duration.between(begun, clock.instant()));
  }

  private static Optional<String> inTime(
      SummaryModel model, SummaryMaterial material, Asking asking) throws Exception {
    try {
      return asking.inTime(() -> written(model, material, asking));
    } catch (SoftLimitException late) {
      return Optional.empty();
    }
  }

  private static Optional<String> written(
      SummaryModel model, SummaryMaterial material, Asking asking) throws Exception {
    Optional<Facts> facts = facts(model, material, asking);
    if (facts.filter(Facts::isNothing).isPresent()) {
      return Optional.empty();
    }
    for (Tone tone : Tone.values()) {
      Callable<AiReply> question =
          facts.isPresent()
              ? () -> model.summarise(facts.get(), tone)
              : () -> model.summarise(material, tone);
      String name = (facts.isPresent() ? "summary " : "direct ") + tone;
      Optional<String> text = answer(asking, name, question).flatMap(SummaryText::checked);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static Optional<Facts> facts(SummaryModel model, SummaryMaterial material, Asking asking)
      throws Exception {
    try {
      return answer(asking, "extract", () -> model.extract(material)).map(Facts::read);
    } catch (AttemptException unreadable) {
      return Optional.empty();
    }
  }

  // An AI that does not answer is no reason to fail: there is another way.
  private static Optional<String> answer(Asking asking, String name, Callable<AiReply> question)
      throws Exception {
    try {
      return Optional.of(asking.ask(name, question));
    } catch (AttemptException notAnswered) {
      return Optional.empty();
    }
  }
}
