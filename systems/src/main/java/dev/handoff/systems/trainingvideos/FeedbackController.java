package dev.handoff.systems.trainingvideos;

import dev.handoff.TimeSource;
import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.http.JsonBody;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.trainingvideos.FeedbackTable.Feedback;
import dev.handoff.systems.trainingvideos.ModuleViews.FeedbackStats;
import dev.handoff.systems.trainingvideos.ModuleViews.FeedbackTaken;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// What trainers say of how their modules worked.
@RestController
final class FeedbackController {
  private static final int LONGEST_TYPE = 50;
  private static final int LONGEST_COMMENT = 2_000;

  private final FeedbackTable table;
  private final ModuleTable modules;
  private final CurrentAccount currentAccount;
  private final TimeSource clock;

  FeedbackController(
      FeedbackTable table, ModuleTable modules, CurrentAccount currentAccount, TimeSource clock) {
    this.table = table;
    this.modules = modules;
    this.currentAccount = currentAccount;
    this.clock = clock;
  }

  @PostMapping("/api/feedback/submit")
  FeedbackTaken submit(HttpServletRequest request) throws IOException {
    String owner = currentAccount.of(request).asCaller().owner();
    JsonBody body = JsonBody.of(request);
    String module =
        modules
            .find(body.text("moduleId").orElse(""), owner)
            .orElseThrow(() -> RefusedException.of(404, StepEditor.NO_MODULE))
            .id();
    String action = body.text("action").orElse("");
    if (!FeedbackTable.ACTIONS.contains(action)) {
      throw RefusedException.badRequest("Invalid feedback action");
    }
    String id = UUID.randomUUID().toString();
    table.add(
        new Feedback(
            id,
            owner,
            module,
            shortened(body.text("type").orElse("general"), LONGEST_TYPE),
            action,
            shortened(body.text("comment").orElse(""), LONGEST_COMMENT),
            clock.instant()));
    return new FeedbackTaken(true, id);
  }

  @GetMapping("/api/feedback/stats")
  FeedbackStats stats(HttpServletRequest request) {
    Map<String, Integer> counts = table.counts(currentAccount.of(request).asCaller().owner());
    return new FeedbackStats(
        true, counts.values().stream().mapToInt(Integer::intValue).sum(), counts);
  }

  private static String shortened(String text, int longest) {
    if (text.indexOf('\0') >= 0) {
      throw RefusedException.badRequest(JsonBody.INVALID);
    }
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
