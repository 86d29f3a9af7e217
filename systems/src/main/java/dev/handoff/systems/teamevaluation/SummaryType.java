package dev.handoff.systems.teamevaluation;

import dev.handoff.Sharing;
import dev.handoff.TaskType;
import java.util.Optional;

/// Summaries as tasks: a pupil has one open in each evaluation, and whoever asks again gets that.
record SummaryType(TaskType<SummaryRequest, SummaryResult> type) {
  static final String NAME = "team-evaluation.summary";

  static SummaryType with(TeamEvaluationTasks settings) {
    return new SummaryType(
        TaskType.of(NAME, SummaryRequest.class, SummaryResult.class)
            .withPolicy(settings.policy().withSharing(Sharing.joining()))
            .identifiedBy(
                request -> Optional.of(request.evaluationId() + "/" + request.studentId())));
  }
}
