package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.teamevaluation.SummaryWriter.Asking;
import dev.handoff.systems.teamevaluation.names.Anonymiser;
import dev.handoff.systems.teamevaluation.names.NamelessText;
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

  record Anonymised(SummaryMaterial material, Anonymiser names) {}

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

  /// What may be told of the feedback, and by what that was decided.
  Anonymised anonymised(Feedback feedback) {
    Anonymiser names = members.anonymiser(feedback.evaluation(), feedback.student());
    return new Anonymised(SummaryMaterial.of(feedback, names), names);
  }

  MadeSummary make(Anonymised anonymised, Asking asking) throws Exception {
    SummaryMaterial material = anonymised.material();
    Instant begun = clock.instant();
    Optional<String> written =
        material.all().isEmpty() ? Optional.empty() : writer.write(material, asking);
    String text =
        written
            .map(one -> anonymised.names().summary(one).text())
            .orElseGet(() -> byRule(material));
    return new MadeSummary(
        text,
        written.isPresent() ? Method.AI : Method.FALLBACK,
        Duration.between(begun, clock.instant()));
  }

  private static String byRule(SummaryMaterial material) {
    return FallbackSummary.of(
        material.total(), material.all().stream().map(NamelessText::text).toList());
  }
}
