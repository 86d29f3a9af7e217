package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The one place that decides what a member of a school may look at: what is of the school, and of
/// that a pupil only the pupil's own. Everything else does not exist. What somebody else than the
/// pupil looks at is noted. Safe for use by many threads.
public record SchoolAccess(
    EvaluationTable evaluations, MemberTable members, Jobs jobs, AuditLog audit) {
  private static final String NO_EVALUATION = "Evaluation not found";
  private static final String NO_STUDENT = "Student not found";
  private static final String NO_JOB = "Job not found";
  private static final String SOME_MISSING = "Some students not found";

  public record Folder(Evaluation evaluation, Member student) {}

  /// The school's evaluation; a draft only for who teaches.
  ///
  /// @throws RefusedException when it is unknown, or another school's
  public Evaluation evaluation(Member member, long id) {
    return evaluations
        .find(member.school(), id)
        .filter(found -> !member.isStudent() || found.status() != Evaluation.Status.DRAFT)
        .orElseThrow(() -> RefusedException.of(404, NO_EVALUATION));
  }

  /// The pupil's part of the evaluation.
  ///
  /// @throws RefusedException when there is none that the member may see
  public Folder folder(Member member, long evaluation, long student) {
    Evaluation found = evaluation(member, evaluation);
    Member pupil =
        members
            .student(member.school(), student)
            .filter(one -> member.maySee(one.id()))
            .orElseThrow(() -> RefusedException.of(404, NO_STUDENT));
    noteRead(member, pupil);
    return new Folder(found, pupil);
  }

  /// The evaluation, by a teacher who looks at what the whole class wrote.
  ///
  /// @throws RefusedException when it is unknown, or the member is a pupil
  public Evaluation ofClass(Member member, long id) {
    Evaluation found = evaluation(member.teaching(), id);
    audit.note(AuditEvent.of(AuditKind.PUPIL_READ).target("evaluation " + id));
    return found;
  }

  private void noteRead(Member reader, Member pupil) {
    if (!reader.isStudent()) {
      AuditEvent read = AuditEvent.of(AuditKind.PUPIL_READ).target("pupil " + pupil.id());
      String tenant = pupil.school().tenant();
      audit.note(pupil.account() == null ? read : read.about(pupil.account(), tenant));
    }
  }

  /// All of these pupils, in this order.
  ///
  /// @throws RefusedException when the school does not have one of them
  public List<Member> students(Member teacher, List<Long> ids) {
    Map<Long, Member> found = new HashMap<>();
    members
        .students(teacher.school(), Set.copyOf(ids))
        .forEach(student -> found.put(student.id(), student));
    List<Member> students = new ArrayList<>();
    for (Long id : ids) {
      Member student = found.get(id);
      if (student == null) {
        throw RefusedException.badRequest(SOME_MISSING);
      }
      students.add(student);
    }
    return students;
  }

  /// The job with this id.
  ///
  /// @throws RefusedException when there is none that the member may see
  public Job job(Member member, String id) {
    Job found =
        jobs.find(member.school(), id)
            .filter(job -> member.maySee(job.about().student()))
            .orElseThrow(() -> RefusedException.of(404, NO_JOB));
    if (!member.isStudent()) {
      members
          .student(member.school(), found.about().student())
          .ifPresent(pupil -> noteRead(member, pupil));
    }
    return found;
  }

  /// The job, to be cancelled. A pupil learns of another's job no more than that it is not the
  /// pupil's own, whether there is one or not.
  ///
  /// @throws RefusedException when there is none (404), or it is another pupil's (403)
  public Job cancellable(Member member, String id) {
    long student = JobIds.student(id);
    boolean others =
        !member.maySee(student) && members.student(member.school(), student).isPresent();
    if (others) {
      throw RefusedException.of(403, Member.NOT_ALLOWED);
    }
    return job(member, id);
  }
}
