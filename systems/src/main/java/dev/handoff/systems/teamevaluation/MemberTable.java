package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.Member.Group;
import dev.handoff.systems.teamevaluation.Member.Part;
import dev.handoff.systems.teamevaluation.Member.School;
import dev.handoff.systems.teamevaluation.names.Anonymiser;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The people of the schools. Safe for use by many threads.
public record MemberTable(SystemsDatabase db) {
  private static final String SELECT =
      """
      select u.*, s.tenant as tenant from team_user u join team_school s on s.id = u.school_id
      """;
  private static final String OF_ACCOUNT = SELECT + "where u.account_id = :account";
  private static final String OF_STUDENT =
      SELECT + "where u.school_id = :school and u.id = :id and u.role = 'student'";
  private static final String OF_STUDENTS =
      SELECT + "where u.school_id = :school and u.id in (:ids) and u.role = 'student'";
  private static final String TAKING_PART =
      SELECT
          + """
          where u.school_id = :school and u.role = 'student' and u.id in (
            select reviewee_id from team_allocation
            where school_id = :school and evaluation_id = :evaluation)
          order by u.class_name, u.team_number, u.name, u.id
          """;
  // Whom a comment may name: anybody of the school; and first of all those who take part, the
  // class, and the grown-ups.
  private static final String NAMES =
      """
      select name, case when role <> 'student' or id = :student or class_name = :class or id in (
        select reviewer_id from team_allocation
        where school_id = :school and evaluation_id = :evaluation
        union
        select reviewee_id from team_allocation
        where school_id = :school and evaluation_id = :evaluation) then 1 else 0 end as close
      from team_user
      where school_id = :school
      """;

  /// A member, and whether the school has let it go.
  public record Enrolled(Member member, boolean archived) {}

  /// Who this account is in its school.
  public Optional<Enrolled> ofAccount(String account) {
    return db.sql(OF_ACCOUNT)
        .param("account", account)
        .query((row, _) -> new Enrolled(member(row), row.getBoolean("archived")))
        .optional();
  }

  /// The pupil with this number, if the school has one.
  Optional<Member> student(School school, long id) {
    return db.sql(OF_STUDENT)
        .param("school", school.id())
        .param("id", id)
        .query((row, _) -> member(row))
        .optional();
  }

  /// Those of these pupils that the school has.
  List<Member> students(School school, Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : db.sql(OF_STUDENTS)
            .param("school", school.id())
            .param("ids", ids)
            .query((row, _) -> member(row))
            .list();
  }

  /// The pupils who are assessed in an evaluation, by class, team and name.
  List<Member> takingPart(Evaluation evaluation) {
    return db.sql(TAKING_PART)
        .param("school", evaluation.school().id())
        .param("evaluation", evaluation.id())
        .query((row, _) -> member(row))
        .list();
  }

  /// Every name that must not leave the process with the comments of an evaluation.
  Anonymiser anonymiser(Evaluation evaluation, Member student) {
    List<String> close = new ArrayList<>();
    List<String> others = new ArrayList<>();
    db.sql(NAMES)
        .param("school", evaluation.school().id())
        .param("evaluation", evaluation.id())
        .param("student", student.id())
        .param("class", student.group().className())
        .query(row -> {
          (row.getInt("close") == 1 ? close : others).add(row.getString("name"));
        });
    return Anonymiser.of(close, others);
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        row.getLong("id"),
        new School(row.getLong("school_id"), row.getString("tenant")),
        row.getString("account_id"),
        row.getString("name"),
        Part.ofWord(row.getString("role")),
        new Group(row.getString("class_name"), RowValues.intOrNull(row, "team_number")));
  }
}
