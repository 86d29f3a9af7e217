package dev.handoff.systems.satbuddy.web;

import dev.handoff.TaskId;
import dev.handoff.ai.AiSettings;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.satbuddy.ChatRequest;
import dev.handoff.systems.satbuddy.QuestionRequest;
import dev.handoff.systems.satbuddy.conversation.ConversationKey;
import dev.handoff.systems.satbuddy.web.SatBuddyViews.Accepted;
import dev.handoff.systems.satbuddy.web.SatBuddyViews.Config;
import dev.handoff.systems.satbuddy.web.SatBuddyViews.History;
import dev.handoff.systems.satbuddy.web.SatBuddyViews.TaskAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// SAT Buddy's calls. Each path also works with the slash at its end that its clients send.
@RestController
@RequestMapping("/ai")
record SatBuddyController(
    SatBuddyService service,
    SatBuddyRequests requests,
    CurrentCaller currentCaller,
    Config page,
    AiSettings ai) {
  // The words of the system this one replaces; clients compare them.
  private static final String NO_KEY = "Gemini API key not configured.";

  @PostMapping("/chat/message")
  Accepted message(Account account, JsonBody body) {
    ChatRequest message = requests.chat(body, account.asCaller().owner());
    requireKey();
    return accepted(service.submit(message, account, conversation(body, account)));
  }

  @PostMapping("/generate-question")
  Accepted question(Account account, JsonBody body) {
    QuestionRequest question = requests.question(body);
    requireKey();
    return accepted(service.submit(question, account, conversation(body, account)));
  }

  @GetMapping("/task/{id}")
  ResponseEntity<TaskAnswer> task(@PathVariable String id, HttpServletRequest request) {
    return currentCaller
        .of(request)
        .flatMap(caller -> service.answer(id, caller))
        .map(Uncached::of)
        .orElseGet(() -> Uncached.of(404, TaskAnswer.notFound()));
  }

  @GetMapping("/chat/history")
  History history() {
    return new History(true, List.of());
  }

  @GetMapping("/chat/config")
  Config config() {
    return page;
  }

  private static Optional<ConversationKey> conversation(JsonBody body, Account account) {
    return body.text("conversation_id").flatMap(id -> ConversationKey.of(account.asCaller(), id));
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
