package dev.handoff.systems.promptgeneration;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.http.JsonBody;
import dev.handoff.systems.promptgeneration.PromptViews.Analytics;
import dev.handoff.systems.promptgeneration.PromptViews.BatchStarted;
import dev.handoff.systems.promptgeneration.PromptViews.Cancelled;
import dev.handoff.systems.promptgeneration.PromptViews.Overview;
import dev.handoff.systems.promptgeneration.PromptViews.PromptMade;
import dev.handoff.systems.promptgeneration.PromptViews.Refusal;
import dev.handoff.systems.promptgeneration.PromptViews.SavedPrompt;
import dev.handoff.systems.promptgeneration.PromptViews.Started;
import dev.handoff.systems.promptgeneration.PromptViews.Status;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.CacheControl;
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
final class PromptController {
  /// Where the calls are, whatever else lies beside them.
  static final String CALLS = "/api/v1/web-knowledge";

  /// The words when a prompt could not be made for who waited on the line.
  static final String NOT_MADE = "Failed to generate prompt";

  private final PromptService service;
  private final PromptRequests requests;
  private final PromptOverview overview;
  private final PromptAnalytics analytics;
  private final SavedPrompts saved;
  private final CurrentAccount currentAccount;

  PromptController(
      PromptService service,
      PromptRequests requests,
      PromptOverview overview,
      PromptAnalytics analytics,
      SavedPrompts saved,
      CurrentAccount currentAccount) {
    this.service = service;
    this.requests = requests;
    this.overview = overview;
    this.analytics = analytics;
    this.saved = saved;
    this.currentAccount = currentAccount;
  }

  @PostMapping("/generate-prompt-async")
  ResponseEntity<Started> start(HttpServletRequest request) throws IOException {
    Caller caller = caller(request);
    var wish = requests.one(JsonBody.of(request));
    return ResponseEntity.accepted().body(Started.of(service.start(wish, caller)));
  }

  @PostMapping("/generate-prompt-async/batch")
  ResponseEntity<BatchStarted> startAll(HttpServletRequest request) throws IOException {
    Caller caller = caller(request);
    var wishes = requests.several(JsonBody.of(request));
    var tasks = service.startAll(wishes, caller).stream().map(Started::of).toList();
    return ResponseEntity.accepted().body(new BatchStarted(true, tasks));
  }

  @GetMapping("/generate-prompt-async/status/{id}")
  ResponseEntity<Status> status(@PathVariable String id, HttpServletRequest request) {
    Optional<Status> status = service.status(id, caller(request));
    return ResponseEntity.status(status.isPresent() ? HttpStatus.OK : HttpStatus.NOT_FOUND)
        .cacheControl(CacheControl.noStore())
        .body(status.orElseGet(Status::notFound));
  }

  @PostMapping("/generate-prompt-async/cancel/{id}")
  ResponseEntity<?> cancel(@PathVariable String id, HttpServletRequest request) {
    Optional<Boolean> cancelled = service.cancel(id, caller(request));
    if (cancelled.isEmpty()) {
      return ResponseEntity.status(HttpStatus.NOT_FOUND).body(Status.notFound());
    }
    return cancelled.get()
        ? ResponseEntity.ok(new Cancelled(true, "Prompt generation was cancelled"))
        : ResponseEntity.status(HttpStatus.CONFLICT)
            .body(new Cancelled(false, "Prompt generation has already ended"));
  }

  @PostMapping("/generate-prompt")
  ResponseEntity<?> generate(HttpServletRequest request) throws IOException {
    Caller caller = caller(request);
    var wish = requests.one(JsonBody.of(request));
    return switch (service.makeNow(wish, caller)) {
      case PromptService.Ended.Made(var result) -> ResponseEntity.ok(PromptMade.of(result));
      case PromptService.Ended.NotMade(var failure) ->
          Denial.in(failure)
              .<ResponseEntity<?>>map(denial ->
                  ResponseEntity.status(HttpStatus.PAYMENT_REQUIRED)
                      .body(overview.denied(failure, denial, caller.owner())))
              .orElseGet(PromptController::notMade);
      case PromptService.Ended.TooSlow _ -> notMade();
    };
  }

  private static ResponseEntity<?> notMade() {
    return ResponseEntity.internalServerError().body(Refusal.of(NOT_MADE));
  }

  @GetMapping("/subscription")
  ResponseEntity<Overview> subscription(HttpServletRequest request) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(overview.of(caller(request).owner()));
  }

  @GetMapping("/ai-prompts")
  ResponseEntity<SavedPrompt> savedPrompt(HttpServletRequest request) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(SavedPrompt.of(saved.of(caller(request).owner())));
  }

  @PutMapping("/ai-prompts")
  SavedPrompt savePrompt(HttpServletRequest request) throws IOException {
    Caller caller = caller(request);
    String prompt = requests.saved(JsonBody.of(request));
    return SavedPrompt.of(Optional.of(saved.save(caller.owner(), prompt)));
  }

  @GetMapping("/generate-prompt-async/analytics")
  Analytics analytics(HttpServletRequest request) {
    Account account = currentAccount.of(request);
    boolean everybodys = account.role() == Role.ADMIN;
    return analytics.of(everybodys ? Optional.empty() : Optional.of(account.id().toString()));
  }

  private Caller caller(HttpServletRequest request) {
    return currentAccount.of(request).asCaller();
  }
}
