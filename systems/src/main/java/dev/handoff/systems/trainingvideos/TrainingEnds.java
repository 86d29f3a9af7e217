package dev.handoff.systems.trainingvideos;

import dev.handoff.EndListener;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.systems.trainingvideos.ModuleTable.ModuleRound;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes down why a module failed, which is to be known for longer than its task, and deletes what
/// its processing left half done. The video stays: it can be processed again.
record TrainingEnds(ModuleTable modules, ModuleFiles files) implements EndListener {
  private static final Pattern SUBJECT = Pattern.compile("training:([0-9a-z]+):(\\d+)");

  /// What a task is about that processes this round of a module.
  static String subject(String module, int round) {
    return "training:" + module + ":" + round;
  }

  @Override
  public boolean wants(String type, Submission submission) {
    return type.equals(TrainingTasks.NAME);
  }

  @Override
  public void onEnd(Task task) throws IOException {
    Matcher about = SUBJECT.matcher(task.submission().subjectKey().orElse(""));
    if (task.type().equals(TrainingTasks.NAME) && about.matches()) {
      ModuleRound round =
          new ModuleRound(
              about.group(1), Integer.parseInt(about.group(2)), task.timeline().updatedAt());
      Optional<String> error = ModuleStandings.failure(task.state());
      if (error.isPresent() && modules.fail(round, error.get())) {
        files.tidy(round.id());
      }
    }
  }
}
