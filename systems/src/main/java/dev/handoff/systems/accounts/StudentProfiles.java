package dev.handoff.systems.accounts;

import dev.handoff.systems.kit.SystemsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The profiles of exam students, made at their first login. Names, address and password are the
/// account's. Safe for use by many threads.
public final class StudentProfiles {
  private static final String LOGGED_IN =
      """
      insert into student_profiles (student_id, user_id, last_login, created_at, updated_at)
      values (:student, :user, :now, :now, :now)
      on conflict (student_id) do update
        set last_login = excluded.last_login, updated_at = excluded.updated_at
      """;
  private static final String FIND = "select * from student_profiles where student_id = :student";

  private final SystemsDatabase db;
  private final InstantSource clock;

  public StudentProfiles(SystemsDatabase db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  void loggedIn(Account account) {
    var _ =
        db.sql(LOGGED_IN)
            .param("student", account.studentId())
            .param("user", account.id().toString())
            .param("now", clock.millis())
            .update();
  }

  StudentProfile of(Account account) {
    return db.sql(FIND)
        .param("student", account.studentId())
        .query((row, _) -> profile(row))
        .optional()
        .orElseGet(() -> new StudentProfile(account.studentId(), null, null, null));
  }

  private static StudentProfile profile(ResultSet row) throws SQLException {
    return new StudentProfile(
        row.getString("student_id"),
        row.getString("subscription_plan"),
        time(row, "subscription_expires_at"),
        time(row, "last_login"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
