package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.teamevaluation.SummaryWriter.Asking;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// Makes a summary of a pupil's feedback: by the AI in two steps where there is one and it answers,
/// by rule where not. Safe for use by many threads.
record SummaryMaker(
    FeedbackTable feedback, MemberTable members, SummaryWriter writer, InstantSource clock) {
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
        material.all().isEmpty() ? Optional.empty() : writer.write(material, asking);
    String text =
        written
            .map(names(feedback)::summary)
            .orElseGet(() -> FallbackSummary.of(material.total(), material.all()));
    return new MadeSummary(
        text,
        written.isPresent() ? Method.AI : Method.FALLBACK,
        Duration.between(begun, clock.instant()));
  }
}
