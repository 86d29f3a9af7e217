package dev.handoff.systems.promptgeneration;

import dev.handoff.AttemptException;
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
import dev.handoff.store.TaskStore;
import dev.handoff.systems.promptgeneration.Businesses.Business;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Generates one prompt. Tokens are held before the AI is asked and taken with the result; what an
/// AI does not answer is answered without it, at no cost. What the AI answered is remembered, so
/// another attempt pays for no second answer.
record PromptHandler(Works works, String description)
    implements Handler<PromptRequest, PromptResult> {
  /// What an owner reads when the AI gave nothing.
  static final String FALLBACK_WARNING = "AI generation failed, using simple combination";

  /// What an owner reads when there is no AI.
  static final String OFFLINE_WARNING =
      "No AI is connected to this server: your notes were arranged by fixed rules";

  private static final String NO_ANSWER = "The AI gave no answer.";

  /// What both kinds of tasks work with.
  record Works(
      Businesses businesses,
      AccessCheck access,
      PromptAuthor author,
      KeptPrompts kept,
      PromptTasks settings,
      TimeSource clock,
      TaskStore store) {}

  @Override
  public Outcome<PromptResult> handle(PromptRequest request, TaskContext context) throws Exception {
    if (context.attempt() == 1 && isForgotten(request)) {
      return Outcome.cancel("Nobody waits for this any more.");
    }
    StepTimes times = new StepTimes(works.clock(), request.requestedAt());
    times.reach(Milestone.INITIALIZE, context);
    String owner = context.submission().owner();
    Business business =
        works
            .businesses()
            .of(owner)
            .orElseThrow(() -> AttemptException.of(FailureKind.INVALID_REQUEST, "User not found"));
    times.reach(Milestone.CHECK, context);
    String account = works.access().pass(context, works.store().budgets());
    times.reach(Milestone.BUILD, context);
    String fingerprint = works.kept().fingerprint(request.notes(), business);
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
    return finish(
        asked, new FinishedPrompt(context, account, fingerprint, times, request, business));
  }

  // Its answer could be seen no more, so it is not paid for.
  private boolean isForgotten(PromptRequest request) {
    Duration age = Duration.between(request.requestedAt(), works.clock().instant());
    return age.compareTo(works.settings().resultTtl()) > 0;
  }

  private record Wish(PromptRequest request, String owner, Business business, String fingerprint) {}

  private Asked ask(Wish wish, TaskContext context) throws Exception {
    if (wish.request().reuse()) {
      Optional<String> before = works.kept().find(wish.owner(), wish.fingerprint());
      if (before.isPresent()) {
        return Asked.reused(before.get(), works.author().model());
      }
    }
    try {
      AiReply reply =
          context
              .beforeSoftLimit(
                  () -> works.author().writer().write(wish.request().notes(), wish.business()))
              .whole();
      String text = PromptText.alone(reply.text());
      return text.isEmpty()
          ? Asked.failed(NO_ANSWER, works.author().model())
          : Asked.answered(text, reply);
    } catch (AttemptException failure) {
      return Asked.failed(failure.message(), works.author().model());
    } catch (SoftLimitException late) {
      return Asked.failed("The AI did not answer in time.", works.author().model());
    }
  }

  private record FinishedPrompt(
      TaskContext context,
      String account,
      String fingerprint,
      StepTimes times,
      PromptRequest request,
      Business business) {}

  private Outcome<PromptResult> finish(Asked asked, FinishedPrompt done) {
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
            works.clock().instant()));
    if (text == null) {
      String combined = PromptText.combined(done.business().template(), done.request().notes());
      return new Outcome.Done<>(
          new PromptResult(combined, false, FALLBACK_WARNING, asked.error()), effects);
    }
    if (!asked.byAi()) {
      return new Outcome.Done<>(new PromptResult(text, false, OFFLINE_WARNING, null), effects);
    }
    if (!asked.reused()) {
      effects.add(new Settlement(done.account(), asked.totalTokens(), description));
      effects.add(works.kept().keep(owner, done.fingerprint(), text));
    }
    return new Outcome.Done<>(new PromptResult(text, true, null, null), effects);
  }
}
