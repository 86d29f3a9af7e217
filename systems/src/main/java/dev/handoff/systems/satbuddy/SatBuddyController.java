package dev.handoff.systems.satbuddy;

import dev.handoff.TaskId;
import dev.handoff.ai.AiSettings;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.http.JsonBody;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.satbuddy.SatBuddyViews.Accepted;
import dev.handoff.systems.satbuddy.SatBuddyViews.Config;
import dev.handoff.systems.satbuddy.SatBuddyViews.History;
import dev.handoff.systems.satbuddy.SatBuddyViews.TaskAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// SAT Buddy's calls. Each path also works with the slash at its end that its clients send.
@RestController
@RequestMapping("/ai")
final class SatBuddyController {
  // The words of the system this one replaces; clients compare them.
  private static final String NO_KEY = "Gemini API key not configured.";

  private final SatBuddyService service;
  private final SatBuddyRequests requests;
  private final CurrentAccount currentAccount;
  private final CurrentCaller currentCaller;
  private final Config config;
  private final AiSettings ai;

  SatBuddyController(
      SatBuddyService service,
      SatBuddyRequests requests,
      CurrentAccount currentAccount,
      CurrentCaller currentCaller,
      Config config,
      AiSettings ai) {
    this.service = service;
    this.requests = requests;
    this.currentAccount = currentAccount;
    this.currentCaller = currentCaller;
    this.config = config;
    this.ai = ai;
  }

  @PostMapping("/chat/message")
  Accepted message(HttpServletRequest request) throws IOException {
    Account account = currentAccount.of(request);
    ChatRequest message = requests.chat(JsonBody.of(request), account.asCaller().owner());
    requireKey();
    return accepted(service.submit(message, account));
  }

  @PostMapping("/generate-question")
  Accepted question(HttpServletRequest request) throws IOException {
    Account account = currentAccount.of(request);
    QuestionRequest question = requests.question(JsonBody.of(request));
    requireKey();
    return accepted(service.submit(question, account));
  }

  @GetMapping("/task/{id}")
  ResponseEntity<TaskAnswer> task(@PathVariable String id, HttpServletRequest request) {
    TaskAnswer answer =
        currentCaller
            .of(request)
            .flatMap(caller -> service.answer(id, caller))
            .orElseGet(TaskAnswer::notFound);
    HttpStatus status = answer.status().equals("not_found") ? HttpStatus.NOT_FOUND : HttpStatus.OK;
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).body(answer);
  }

  @GetMapping("/chat/history")
  History history() {
    return new History(true, List.of());
  }

  @GetMapping("/chat/config")
  Config config() {
    return config;
  }

  private void requireKey() {
    if (ai.lacksKey()) {
      throw RefusedException.of(500, NO_KEY);
    }
  }

  private static Accepted accepted(TaskId task) {
    return Accepted.of(task.toString());
  }
}
