package dev.handoff.systems.audit;

import static java.util.stream.Collectors.joining;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The audit log's table. Ids begin with the time, so that their order is that of the entries. Safe
/// for use by many threads.
final class AuditTable {
  private static final String ADD =
      """
      insert into audit_entry
        (id, at, kind, outcome, actor, account, tenant, address, request_id, target)
      values
        (:id, :at, :kind, :outcome, :actor, :account, :tenant, :address, :requestId, :target)
      """;
  private static final String FORGET = "delete from audit_entry where id < :before";

  // So many entries a millisecond have ids in their order.
  private static final int ORDER_BITS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SystemsDatabase db;
  private final AtomicLong last = new AtomicLong();

  AuditTable(SystemsDatabase db) {
    this.db = db;
  }

  /// An id for an entry of this time.
  String newId(Instant at) {
    long wanted = at.toEpochMilli() << ORDER_BITS;
    long order = last.updateAndGet(before -> Math.max(before + 1, wanted));
    return firstOf(order) + HexFormat.of().toHexDigits(RANDOM.nextInt());
  }

  private static String firstOf(long order) {
    return HexFormat.of().toHexDigits(order);
  }

  private static String firstOf(Instant at) {
    return firstOf(at.toEpochMilli() << ORDER_BITS);
  }

  void add(AuditEntry entry) {
    var _ =
        db.sql(ADD)
            .param("id", entry.id())
            .param("at", entry.at().toEpochMilli())
            .param("kind", entry.kind())
            .param("outcome", entry.outcome())
            .param("actor", entry.actor(), Types.VARCHAR)
            .param("account", entry.account(), Types.VARCHAR)
            .param("tenant", entry.tenant(), Types.VARCHAR)
            .param("address", entry.address(), Types.VARCHAR)
            .param("requestId", entry.requestId(), Types.VARCHAR)
            .param("target", entry.target(), Types.VARCHAR)
            .update();
  }

  /// Deletes what was noted before this time.
  void forgetBefore(Instant time) {
    var _ = db.sql(FORGET).param("before", firstOf(time)).update();
  }

  /// The entries that match, newest first.
  List<AuditEntry> find(AuditQuery query, int limit) {
    List<Condition> conditions =
        Stream.of(
                new Condition("kind = :kind", "kind", query.kind()),
                new Condition("account = :account", "account", query.account()),
                new Condition("id < :after", "after", query.after()),
                new Condition("id >= :from", "from", firstOrNull(query.from())),
                new Condition("id < :to", "to", firstOrNull(query.to())))
            .filter(condition -> condition.value() != null)
            .toList();
    String where = conditions.stream().map(Condition::sql).collect(joining(" and "));
    Map<String, Object> values = new HashMap<>(Map.of("limit", limit));
    conditions.forEach(condition -> values.put(condition.name(), condition.value()));
    return db.sql(
            "select * from audit_entry"
                + (where.isEmpty() ? "" : " where " + where)
                + " order by id desc limit :limit")
        .params(values)
        .query((row, _) -> entry(row))
        .list();
  }

  private record Condition(String sql, String name, @Nullable String value) {}

  private static @Nullable String firstOrNull(@Nullable Instant at) {
    return at == null ? null : firstOf(at);
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getString("id"),
        RowValues.time(row, "at"),
        row.getString("kind"),
        row.getString("outcome"),
        row.getString("actor"),
        row.getString("account"),
        row.getString("tenant"),
        row.getString("address"),
        row.getString("request_id"),
        row.getString("target"));
  }
}
