package dev.handoff.systems.promptgeneration.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.promptgeneration.Denial;
import dev.handoff.systems.promptgeneration.PromptAnalytics;
import dev.handoff.systems.promptgeneration.PromptService;
import dev.handoff.systems.promptgeneration.SavedPrompts;
import dev.handoff.systems.promptgeneration.web.PromptViews.Analytics;
import dev.handoff.systems.promptgeneration.web.PromptViews.BatchStarted;
import dev.handoff.systems.promptgeneration.web.PromptViews.Cancelled;
import dev.handoff.systems.promptgeneration.web.PromptViews.Overview;
import dev.handoff.systems.promptgeneration.web.PromptViews.PromptMade;
import dev.handoff.systems.promptgeneration.web.PromptViews.SavedPrompt;
import dev.handoff.systems.promptgeneration.web.PromptViews.Started;
import dev.handoff.systems.promptgeneration.web.PromptViews.Status;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls of prompt generation. Each path also works with the slash at its end that its clients
/// send. Whether the owner may is not asked when a request is taken: its status tells.
@RestController
@RequestMapping(PromptController.CALLS)
record PromptController(
    PromptService service,
    PromptRequests requests,
    PromptOverview overview,
    PromptAnalytics analytics,
    SavedPrompts saved) {
  /// Where the calls are, whatever else lies beside them.
  static final String CALLS = "/api/v1/web-knowledge";

  /// The words when a prompt could not be made for who waited on the line.
  static final String NOT_MADE = "Failed to generate prompt";

  @PostMapping("/generate-prompt-async")
  ResponseEntity<Started> start(Caller caller, JsonBody body) {
    return ResponseEntity.accepted().body(Started.of(service.start(requests.one(body), caller)));
  }

  @PostMapping("/generate-prompt-async/batch")
  ResponseEntity<BatchStarted> startAll(Caller caller, JsonBody body) {
    var tasks = service.startAll(requests.several(body), caller).stream().map(Started::of).toList();
    return ResponseEntity.accepted().body(new BatchStarted(true, tasks));
  }

  @GetMapping("/generate-prompt-async/status/{id}")
  ResponseEntity<Status> status(@PathVariable String id, Caller caller) {
    return service
        .find(id, caller)
        .map(task -> Uncached.of(Status.of(task, service::result)))
        .orElseGet(() -> Uncached.of(404, Status.notFound()));
  }

  @PostMapping("/generate-prompt-async/cancel/{id}")
  ResponseEntity<?> cancel(@PathVariable String id, Caller caller) {
    Optional<Boolean> cancelled = service.cancel(id, caller);
    if (cancelled.isEmpty()) {
      return ResponseEntity.status(HttpStatus.NOT_FOUND).body(Status.notFound());
    }
    return cancelled.get()
        ? ResponseEntity.ok(new Cancelled(true, "Prompt generation was cancelled"))
        : ResponseEntity.status(HttpStatus.CONFLICT)
            .body(new Cancelled(false, "Prompt generation has already ended"));
  }

  @PostMapping("/generate-prompt")
  ResponseEntity<?> generate(Caller caller, JsonBody body) {
    return switch (service.makeNow(requests.one(body), caller)) {
      case PromptService.Ended.GeneratedPrompt(var result) ->
          ResponseEntity.ok(PromptMade.of(result));
      case PromptService.Ended.NotMade(var failure) ->
          Denial.in(failure)
              .<ResponseEntity<?>>map(denial ->
                  ResponseEntity.status(HttpStatus.PAYMENT_REQUIRED)
                      .body(overview.denied(failure, denial, caller.owner())))
              .orElseThrow(() -> RefusedException.of(500, NOT_MADE));
      case PromptService.Ended.TooSlow _ -> throw RefusedException.of(500, NOT_MADE);
    };
  }

  @GetMapping("/subscription")
  ResponseEntity<Overview> subscription(Caller caller) {
    return Uncached.of(overview.of(caller.owner()));
  }

  @GetMapping("/ai-prompts")
  ResponseEntity<SavedPrompt> savedPrompt(Caller caller) {
    return Uncached.of(SavedPrompt.of(saved.of(caller.owner())));
  }

  @PutMapping("/ai-prompts")
  SavedPrompt savePrompt(Caller caller, JsonBody body) {
    return SavedPrompt.of(Optional.of(saved.save(caller.owner(), requests.saved(body))));
  }

  @GetMapping("/generate-prompt-async/analytics")
  Analytics analytics(Account account) {
    boolean everybodys = account.role() == Role.ADMIN;
    return Analytics.of(
        analytics.of(everybodys ? Optional.empty() : Optional.of(account.id().toString())));
  }
}
