package dev.handoff.systems.teamevaluation.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.teamevaluation.Evaluation;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.SchoolAccess;
import dev.handoff.systems.teamevaluation.SchoolAccess.Folder;
import dev.handoff.systems.teamevaluation.SummaryReleases;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls by which teachers edit summaries and let pupils read them.
@RestController
@RequestMapping(EvaluationController.CALLS)
record ReleaseController(SchoolAccess access, SummaryReleases releases, TeamRequests requests) {
  record ReleasedView(@JsonProperty("evaluation_id") long evaluationId, int changed) {}

  record ReleaseRuleView(@JsonProperty("release_first") boolean releaseFirst) {}

  @PutMapping("/evaluations/{evaluation}/students/{student}/summary")
  ResponseEntity<Void> edit(
      @PathVariable String evaluation,
      @PathVariable String student,
      Member member,
      HttpServletRequest request)
      throws IOException {
    Folder folder =
        access.folder(member.teaching(), TeamRequests.id(evaluation), TeamRequests.id(student));
    releases.edit(folder, member, TeamRequests.summary(JsonBody.of(request)));
    return ResponseEntity.noContent().build();
  }

  /// Releases the summaries of these pupils, or with `"released": false` takes that back.
  @PostMapping("/evaluations/{evaluation}/release")
  ReleasedView release(@PathVariable String evaluation, Member member, HttpServletRequest request)
      throws IOException {
    Evaluation found = access.evaluation(member.teaching(), TeamRequests.id(evaluation));
    JsonBody body = JsonBody.of(request);
    List<Folder> folders =
        access.students(member, requests.students(body)).stream()
            .map(student -> new Folder(found, student))
            .toList();
    boolean isRelease = body.flag("released").orElse(true);
    return new ReleasedView(
        found.id(),
        isRelease ? releases.release(folders, member) : releases.withdraw(folders, member));
  }

  /// Says whether pupils of the school read a summary only after it was released.
  @PutMapping("/release-rule")
  ReleaseRuleView rule(Member member, HttpServletRequest request) throws IOException {
    boolean first =
        JsonBody.of(request)
            .flag("release_first")
            .orElseThrow(() -> RefusedException.badRequest("release_first is required"));
    releases.hold(member.teaching().school(), first);
    return new ReleaseRuleView(first);
  }
}
