package dev.handoff.systems.audit;

import dev.handoff.systems.kit.KeyedLimits;
import dev.handoff.systems.kit.KeyedLimits.Refill;
import dev.handoff.systems.kit.SystemsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes what concerns security: a row and a line of the log for each event. A row is written with
/// the change that it tells of, where the caller is in a transaction. Safe for use by many threads.
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final Duration BETWEEN_PURGES = Duration.ofHours(1);

  private final AuditTable table;
  private final Supplier<AuditOrigin> origins;
  private final InstantSource clock;
  private final Duration keep;
  private final Map<AuditKind, KeyedLimits> bounds = new EnumMap<>(AuditKind.class);
  private final AtomicReference<Instant> nextPurge = new AtomicReference<>(Instant.MIN);

  /// @param origins tells where the event comes from that this thread is about to note
  /// @param keep how long entries are kept
  public AuditLog(
      SystemsDatabase db, Supplier<AuditOrigin> origins, InstantSource clock, Duration keep) {
    this.table = new AuditTable(db);
    this.origins = origins;
    this.clock = clock;
    this.keep = keep;
    for (AuditKind kind : AuditKind.values()) {
      if (kind.atMostOnceIn().isPositive()) {
        bounds.put(kind, new KeyedLimits(kind.atMostOnceIn(), Refill.AT_ONCE, clock));
      }
    }
  }

  /// Notes an event. One that was noted a moment ago, of a kind that is bounded, is left out.
  public void note(AuditEvent event) {
    AuditOrigin origin = origins.get();
    String account = event.account() == null ? origin.account() : event.account();
    String actor = origin.actor() == null && event.byAccount() ? event.account() : origin.actor();
    if (isRepeated(event, actor, account, origin)) {
      return;
    }
    Instant now = clock.instant();
    forgetOld(now);
    AuditEntry entry =
        new AuditEntry(
            table.newId(now),
            now,
            event.kind().word(),
            event.kind().outcome(),
            actor,
            account,
            event.account() == null ? origin.tenant() : event.tenant(),
            origin.address(),
            origin.requestId(),
            event.target());
    table.add(entry);
    LOG.info(
        "audit {} {} actor={} account={} tenant={} address={} target={}",
        entry.kind(),
        entry.outcome(),
        entry.actor(),
        entry.account(),
        entry.tenant(),
        entry.address(),
        entry.target());
  }

  /// Notes what is done already, or refused: a failure to note it is logged and changes nothing.
  public void noteAfterwards(AuditEvent event) {
    try {
      note(event);
    } catch (RuntimeException failure) {
      LOG.warn("An entry of the audit log could not be written: {}", failure.toString());
    }
  }

  private boolean isRepeated(
      AuditEvent event, @Nullable String actor, @Nullable String account, AuditOrigin origin) {
    KeyedLimits bound = bounds.get(event.kind());
    String key = "%s %s %s %s".formatted(actor, account, event.target(), origin.address());
    return bound != null && !bound.use(key, 1).allowed();
  }

  private void forgetOld(Instant now) {
    Instant due = nextPurge.get();
    if (!now.isBefore(due) && nextPurge.compareAndSet(due, now.plus(BETWEEN_PURGES))) {
      table.forgetBefore(now.minus(keep));
    }
  }

  /// The entries that match, newest first.
  List<AuditEntry> find(AuditQuery query, int limit) {
    return table.find(query, limit);
  }
}
