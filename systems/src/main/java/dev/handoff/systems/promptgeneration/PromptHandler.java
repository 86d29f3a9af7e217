package dev.handoff.systems.promptgeneration;

import dev.handoff.AttemptException;
import dev.handoff.Budgets;
import dev.handoff.Effect;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.Settlement;
import dev.handoff.SoftLimitException;
import dev.handoff.TaskContext;
import dev.handoff.TimeSource;
import dev.handoff.Usage;
import dev.handoff.ai.AiReply;
import dev.handoff.systems.promptgeneration.Businesses.Business;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Generates one prompt. Tokens are held before the AI is asked and taken with the result; what an
/// AI does not answer is answered without it, at no cost. What the AI answered is remembered, so
/// another attempt pays for no second answer.
final class PromptHandler implements Handler<PromptRequest, PromptResult> {
  /// What an owner reads when the AI gave nothing.
  static final String FALLBACK_WARNING = "AI generation failed, using simple combination";

  /// What an owner reads when there is no AI.
  static final String OFFLINE_WARNING =
      "No AI is connected to this server: your notes were arranged by fixed rules";

  private static final String NO_ANSWER = "The AI gave no answer.";

  private final Parts parts;
  private final String description;

  /// What a handler works with.
  record Parts(
      Businesses businesses,
      AccessCheck access,
      Author author,
      KeptPrompts kept,
      PromptTasks settings,
      TimeSource clock,
      Budgets budgets) {}

  /// Who writes, and under which model's name.
  record Author(PromptWriter writer, String model) {}

  /// Whose token entries have this description.
  PromptHandler(Parts parts, String description) {
    this.parts = parts;
    this.description = description;
  }

  @Override
  public Outcome<PromptResult> handle(PromptRequest request, TaskContext context) throws Exception {
    if (context.attempt() == 1 && isForgotten(request)) {
      return Outcome.cancel("Nobody waits for this any more.");
    }
    StepTimes times = new StepTimes(parts.clock(), request.requestedAt());
    times.reach(Milestone.INITIALIZE, context);
    String owner = context.submission().owner();
    Business business =
        parts
            .businesses()
            .of(owner)
            .orElseThrow(() -> AttemptException.of(FailureKind.INVALID_REQUEST, "User not found"));
    times.reach(Milestone.CHECK, context);
    String account = parts.access().pass(context, parts.budgets());
    times.reach(Milestone.BUILD, context);
    String fingerprint = parts.kept().fingerprint(request.notes(), business);
    times.reach(Milestone.ASK, context);
    Asked asked =
        context.step(
            "ask",
            Asked.class,
            () -> ask(new Wish(request, owner, business, fingerprint), context));
    times.reach(Milestone.FINALIZE, context);
    if (asked.totalTokens() > 0) {
      context.usage(new Usage(asked.model(), asked.promptTokens(), asked.completionTokens()));
    }
    return finish(asked, new Done(context, account, fingerprint, times, request, business));
  }

  // Its answer could be seen no more, so it is not paid for.
  private boolean isForgotten(PromptRequest request) {
    Duration age = Duration.between(request.requestedAt(), parts.clock().instant());
    return age.compareTo(parts.settings().resultTtl()) > 0;
  }

  private record Wish(PromptRequest request, String owner, Business business, String fingerprint) {}

  private Asked ask(Wish wish, TaskContext context) throws Exception {
    if (wish.request().reuse()) {
      Optional<String> before = parts.kept().find(wish.owner(), wish.fingerprint());
      if (before.isPresent()) {
        return Asked.reused(before.get(), parts.author().model());
      }
    }
    try {
      AiReply reply =
          context.beforeSoftLimit(
              () -> parts.author().writer().write(wish.request().notes(), wish.business()));
      String text = PromptText.alone(reply.text());
      return text.isEmpty()
          ? Asked.failed(NO_ANSWER, parts.author().model())
          : Asked.answered(text, reply);
    } catch (AttemptException failure) {
      return Asked.failed(failure.message(), parts.author().model());
    } catch (SoftLimitException late) {
      return Asked.failed("The AI did not answer in time.", parts.author().model());
    }
  }

  private record Done(
      TaskContext context,
      String account,
      String fingerprint,
      StepTimes times,
      PromptRequest request,
      Business business) {}

  private Outcome<PromptResult> finish(Asked asked, Done done) {
    TaskContext context = done.context();
    String owner = context.submission().owner();
    String text = asked.text();
    List<Effect> effects = new ArrayList<>();
    effects.add(
        new UsageEntry(
            context.taskId().toString(),
            owner,
            asked,
            done.times().of(Milestone.ASK),
            done.times().asMetadata(asked.reused()),
            parts.clock().instant()));
    if (text == null) {
      String combined = PromptText.combined(done.business().template(), done.request().notes());
      return new Outcome.Done<>(new PromptResult(combined, false, FALLBACK_WARNING), effects);
    }
    if (!asked.byAi()) {
      return new Outcome.Done<>(new PromptResult(text, false, OFFLINE_WARNING), effects);
    }
    if (!asked.reused()) {
      effects.add(new Settlement(done.account(), asked.totalTokens(), description));
      effects.add(parts.kept().keep(owner, done.fingerprint(), text));
    }
    return new Outcome.Done<>(new PromptResult(text, true, null), effects);
  }
}
