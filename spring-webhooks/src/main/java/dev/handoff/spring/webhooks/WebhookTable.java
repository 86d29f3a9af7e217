package dev.handoff.spring.webhooks;

import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.tables.TaskDatabase;
import dev.handoff.spring.webhooks.Webhook.OwnerScope;
import dev.handoff.spring.webhooks.Webhook.Secrets;
import dev.handoff.spring.webhooks.Webhook.WebhookRequest;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The table of webhooks. Safe for use by many threads.
final class WebhookTable {
  /// The largest number of webhooks of one owner.
  static final int PER_OWNER = 20;

  private static final String SELECT = "select * from handoff_webhook where id = :id";
  private static final String SELECT_OWN =
      """
      select * from handoff_webhook where tenant = :tenant and owner = :owner
      order by created_at, id
      """;
  private static final String SELECT_PLACES =
      "select place from handoff_webhook where tenant = :tenant and owner = :owner";
  private static final String SELECT_TYPES =
      "select tenant, owner, types from handoff_webhook where disabled_at is null";
  private static final String INSERT =
      """
      insert into handoff_webhook (
        id, owner, tenant, place, url, events, types, description, secret, created_at)
      values (
        :id, :owner, :tenant, :place, :url, :events, :types, :description, :secret, :createdAt)
      on conflict do nothing
      """;
  private static final String DELETE = "delete from handoff_webhook where id = :id";
  private static final String DISABLE =
      "update handoff_webhook set disabled_at = :at where id = :id and disabled_at is null";
  private static final String ROTATE =
      """
      update handoff_webhook set
        old_secret = secret, old_secret_until = :oldUntil, secret = :secret
      where id = :id
      """;
  private static final String CHANGED =
      "update handoff_webhook_change set number = number + 1 where id = 1";
  private static final String SELECT_CHANGE =
      "select number from handoff_webhook_change where id = 1";

  private final JdbcClient sql;
  private final TransactionOperations transactions;

  WebhookTable(DataSource database, ApiTables tables) {
    this.sql = JdbcClient.create(database);
    this.transactions = new TaskDatabase(database).transaction();
  }

  /// Adds a webhook, unless its owner has the largest number already.
  ///
  /// @return whether it was added
  boolean add(Webhook webhook) {
    return Boolean.TRUE.equals(transactions.execute(ignored -> addInTransaction(webhook)));
  }

  private boolean addInTransaction(Webhook webhook) {
    for (int turn = 0; turn < PER_OWNER; turn++) {
      Set<Integer> taken =
          new HashSet<>(own(SELECT_PLACES, webhook.scope()).query(Integer.class).list());
      Optional<Integer> free =
          IntStream.range(0, PER_OWNER).boxed().filter(place -> !taken.contains(place)).findFirst();
      if (free.isEmpty()) {
        return false;
      }
      // A concurrent request of the same owner may take the place.
      if (insert(webhook, free.get())) {
        var ignored = sql.sql(CHANGED).update();
        return true;
      }
    }
    return false;
  }

  private boolean insert(Webhook webhook, int place) {
    WebhookRequest wanted = webhook.request();
    return sql.sql(INSERT)
            .param("id", webhook.id())
            .param("owner", webhook.scope().owner())
            .param("tenant", webhook.scope().tenant())
            .param("place", place)
            .param("url", wanted.url().toString())
            .param("events", String.join(" ", wanted.events()))
            .param("types", String.join(" ", wanted.types()))
            .param("description", wanted.description())
            .param("secret", webhook.secrets().current())
            .param("createdAt", webhook.createdAt().toEpochMilli())
            .update()
        == 1;
  }

  Optional<Webhook> find(String id) {
    return sql.sql(SELECT).param("id", id).query((row, ignored) -> webhook(row)).optional();
  }

  /// Returns the webhooks of an owner, oldest first; disabled ones too.
  List<Webhook> of(OwnerScope scope) {
    return own(SELECT_OWN, scope).query((row, ignored) -> webhook(row)).list();
  }

  private JdbcClient.StatementSpec own(String select, OwnerScope scope) {
    return sql.sql(select).param("tenant", scope.tenant()).param("owner", scope.owner());
  }

  void delete(String id) {
    change(sql.sql(DELETE).param("id", id));
  }

  /// Disables a webhook: nothing is sent to it any more.
  void disable(String id, Instant at) {
    change(sql.sql(DISABLE).param("id", id).param("at", at.toEpochMilli()));
  }

  /// Sets the secret; the one before stays valid until `oldUntil`.
  void rotate(String id, String secret, Instant oldUntil) {
    var ignored =
        sql.sql(ROTATE)
            .param("id", id)
            .param("secret", secret)
            .param("oldUntil", oldUntil.toEpochMilli())
            .update();
  }

  private void change(JdbcClient.StatementSpec change) {
    transactions.executeWithoutResult(ignored -> {
      var unusedChanges = change.update();
      var unusedNotice = sql.sql(CHANGED).update();
    });
  }

  /// Returns the number of changes to the table so far.
  long changes() {
    return sql.sql(SELECT_CHANGE).query(Long.class).single();
  }

  /// Returns the task types that each owner subscribed to; none means all.
  Map<OwnerScope, Set<String>> subscribedTypes() {
    record TypesOfScope(OwnerScope scope, Set<String> types) {}
    List<TypesOfScope> rows =
        sql.sql(SELECT_TYPES)
            .query((row, ignored) ->
                new TypesOfScope(
                    new OwnerScope(row.getString("owner"), row.getString("tenant")),
                    Set.copyOf(words(row.getString("types")))))
            .list();
    Map<OwnerScope, Set<String>> types = new HashMap<>();
    rows.forEach(row -> types.merge(row.scope(), row.types(), WebhookTable::either));
    return Map.copyOf(types);
  }

  private static Set<String> either(Set<String> some, Set<String> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return Set.of();
    }
    Set<String> both = new HashSet<>(some);
    both.addAll(others);
    return both;
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    WebhookRequest wanted =
        new WebhookRequest(
            URI.create(row.getString("url")),
            words(row.getString("events")),
            Set.copyOf(words(row.getString("types"))),
            row.getString("description"));
    return new Webhook(
        row.getString("id"),
        new OwnerScope(row.getString("owner"), row.getString("tenant")),
        wanted,
        new Secrets(
            row.getString("secret"), row.getString("old_secret"), time(row, "old_secret_until")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        time(row, "disabled_at"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
