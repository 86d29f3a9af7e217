package dev.handoff.systems.teamevaluation.ai;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.SoftLimitException;
import dev.handoff.ai.AiReply;
import dev.handoff.systems.kit.ModelJson;
import dev.handoff.systems.teamevaluation.SummaryMaterial;
import dev.handoff.systems.teamevaluation.SummaryWriter;
import dev.handoff.systems.teamevaluation.ai.SummaryModel.Tone;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Has a model write summaries in two steps: first the facts, then the text. Without usable facts
/// the text is made of the comments.
record ModelSummaryWriter(SummaryModel model) implements SummaryWriter {
  @Override
  public Optional<String> write(SummaryMaterial material, Asking asking) throws Exception {
    try {
      return asking.inTime(() -> written(material, asking));
    } catch (SoftLimitException late) {
      return Optional.empty();
    }
  }

  private Optional<String> written(SummaryMaterial material, Asking asking) throws Exception {
    Optional<Facts> facts = facts(material, asking);
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

  private Optional<Facts> facts(SummaryMaterial material, Asking asking) throws Exception {
    try {
      return Optional.of(Facts.read(asking.ask("extract", () -> model.extract(material))));
    } catch (AttemptException unreadable) {
      return unreadable.kind() == FailureKind.BAD_OUTPUT
          ? factsAgain(material, asking, unreadable)
          : Optional.empty();
    }
  }

  private Optional<Facts> factsAgain(
      SummaryMaterial material, Asking asking, AttemptException unreadable) throws Exception {
    String why = ModelJson.again(unreadable);
    try {
      return Optional.of(
          Facts.read(asking.ask("extract again", () -> model.extractAgain(material, why))));
    } catch (AttemptException stillUnreadable) {
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
