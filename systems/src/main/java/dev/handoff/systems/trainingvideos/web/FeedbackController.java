package dev.handoff.systems.trainingvideos.web;

import dev.handoff.TimeSource;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.trainingvideos.FeedbackTable;
import dev.handoff.systems.trainingvideos.FeedbackTable.Feedback;
import dev.handoff.systems.trainingvideos.ModuleTable;
import dev.handoff.systems.trainingvideos.TrainingRefusals;
import dev.handoff.systems.trainingvideos.web.ModuleViews.FeedbackStats;
import dev.handoff.systems.trainingvideos.web.ModuleViews.FeedbackTaken;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// What trainers say of how their modules worked.
@RestController
record FeedbackController(FeedbackTable table, ModuleTable modules, TimeSource clock) {
  private static final int LONGEST_TYPE = 50;
  private static final int LONGEST_COMMENT = 2_000;

  @PostMapping("/api/feedback/submit")
  FeedbackTaken submit(Caller caller, JsonBody body) {
    String owner = caller.owner();
    String module =
        modules
            .find(body.text("moduleId").orElse(""), owner)
            .orElseThrow(TrainingRefusals::noModule)
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
  FeedbackStats stats(Caller caller) {
    Map<String, Integer> counts = table.counts(caller.owner());
    return new FeedbackStats(
        true, counts.values().stream().mapToInt(Integer::intValue).sum(), counts);
  }

  private static String shortened(String text, int longest) {
    if (text.indexOf('\0') >= 0) {
      throw RefusedException.unreadable();
    }
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
