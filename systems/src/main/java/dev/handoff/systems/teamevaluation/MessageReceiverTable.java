package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.MessageReceivers.ReceiverSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The schools' settings for messages. Safe for use by many threads.
record MessageReceiverTable(SystemsDatabase db) {
  private static final String FIND =
      """
      select secret, old_secret, old_until, hosts from team_message_receiver
      where school_id = :school
      """;
  private static final String ADD =
      """
      insert into team_message_receiver (school_id, secret) values (:school, :secret)
      on conflict (school_id) do nothing
      """;
  private static final String SET_HOSTS =
      "update team_message_receiver set hosts = :hosts where school_id = :school";
  private static final String RENEW_SECRET =
      """
      update team_message_receiver
      set old_secret = secret, old_until = :oldUntil, secret = :secret
      where school_id = :school
      """;

  Optional<ReceiverSettings> find(long school) {
    return db.sql(FIND)
        .param("school", school)
        .query((row, _) ->
            new ReceiverSettings(
                row.getString("hosts").lines().toList(),
                row.getString("secret"),
                row.getString("old_secret"),
                RowValues.timeOrNull(row, "old_until")))
        .optional();
  }

  void addIfNone(long school, String secret) {
    var _ = db.sql(ADD).param("school", school).param("secret", secret).update();
  }

  void setHosts(long school, List<String> hosts) {
    var _ =
        db.sql(SET_HOSTS).param("school", school).param("hosts", String.join("\n", hosts)).update();
  }

  /// Puts this secret first, and the one before second until then.
  void renewSecret(long school, String secret, Instant oldUntil) {
    var _ =
        db.sql(RENEW_SECRET)
            .param("school", school)
            .param("secret", secret)
            .param("oldUntil", oldUntil.toEpochMilli())
            .update();
  }
}
