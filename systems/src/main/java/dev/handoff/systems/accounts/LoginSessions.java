package dev.handoff.systems.accounts;

import dev.handoff.systems.accounts.LoginSession.Device;
import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// The logins of accounts in the database, each with its refresh tokens. Whatever changes a login
/// locks its row first, so that a renewal under way and its end come one after the other. Safe for
/// use by many threads.
public final class LoginSessions {
  private static final String FORGET = "delete from login_session where ends_at < :now";
  private static final String ADD =
      """
      insert into login_session
        (id, user_id, created_at, last_used_at, ends_at, address, agent)
      values (:id, :user, :now, :now, :endsAt, :address, :agent)
      """;
  private static final String USE =
      "update login_session set last_used_at = :now where id = :id and ends_at > :now";
  private static final String LIST =
      """
      select * from login_session where user_id = :user and ends_at > :now
      order by last_used_at desc, id
      """;
  private static final String END = "delete from login_session where id = :id";
  private static final String END_TOKENS = "delete from refresh_token where family = :id";
  private static final String END_ONE =
      "delete from login_session where id = :id and user_id = :user";
  private static final String END_ALL =
      "delete from login_session where user_id = :user and id <> :kept";
  // After the sessions, whose locks make renewals under way come first.
  private static final String END_ALL_TOKENS =
      "delete from refresh_token where user_id = :user and family <> :kept";
  private static final String NONE = "";

  private final SystemsDatabase db;
  private final InstantSource clock;
  private final Duration longest;

  /// @param longest age at which a login ends, however often it is renewed
  public LoginSessions(SystemsDatabase db, InstantSource clock, Duration longest) {
    this.db = db;
    this.clock = clock;
    this.longest = longest;
  }

  void begin(String id, UUID user, Device device) {
    Instant now = clock.instant();
    var _ = db.sql(FORGET).param("now", now.toEpochMilli()).update();
    var _ =
        db.sql(ADD)
            .param("id", id)
            .param("user", user.toString())
            .param("now", now.toEpochMilli())
            .param("endsAt", now.plus(longest).toEpochMilli())
            .param("address", device.address(), java.sql.Types.VARCHAR)
            .param("agent", device.agent(), java.sql.Types.VARCHAR)
            .update();
  }

  /// Locks the login and notes that it is used.
  ///
  /// @return whether it still lasts
  boolean use(String id) {
    return db.sql(USE).param("id", id).param("now", clock.millis()).update() == 1;
  }

  /// The logins of an account, the last used first.
  public List<LoginSession> of(UUID user) {
    return db.sql(LIST)
        .param("user", user.toString())
        .param("now", clock.millis())
        .query((row, _) -> session(row))
        .list();
  }

  void end(String id) {
    db.doInTransaction(() -> {
      var _ = db.sql(END).param("id", id).update();
      var _ = db.sql(END_TOKENS).param("id", id).update();
    });
  }

  /// Ends a login of this account.
  ///
  /// @return whether there was one
  public boolean end(UUID user, String id) {
    return db.inTransaction(() -> {
      boolean ended = db.sql(END_ONE).param("id", id).param("user", user.toString()).update() == 1;
      if (ended) {
        var _ = db.sql(END_TOKENS).param("id", id).update();
      }
      return ended;
    });
  }

  /// Ends all logins of an account.
  ///
  /// @return how many there were
  public int endAll(UUID user) {
    return endOthers(user, NONE);
  }

  /// Ends all logins of an account but one.
  ///
  /// @return how many ended
  public int endOthers(UUID user, String kept) {
    return db.inTransaction(() -> {
      int ended = db.sql(END_ALL).param("user", user.toString()).param("kept", kept).update();
      var _ = db.sql(END_ALL_TOKENS).param("user", user.toString()).param("kept", kept).update();
      return ended;
    });
  }

  private static LoginSession session(ResultSet row) throws SQLException {
    return new LoginSession(
        row.getString("id"),
        RowValues.time(row, "created_at"),
        RowValues.time(row, "last_used_at"),
        RowValues.time(row, "ends_at"),
        new Device(row.getString("address"), row.getString("agent")));
  }
}
