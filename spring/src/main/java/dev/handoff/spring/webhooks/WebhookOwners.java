package dev.handoff.spring.webhooks;

import dev.handoff.Submission;
import dev.handoff.spring.webhooks.Webhook.OwnerScope;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Who has webhooks, kept in memory because it is asked for with every submit. What is set up on
/// this node is known at once, what is set up on another one within two seconds. Safe for use by
/// many threads.
final class WebhookOwners implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookOwners.class);
  private static final long REFRESH_EVERY_SECONDS = 2;

  private final WebhookTable table;
  private volatile OwnersSnapshot known;
  // Confined to the lifecycle's thread, but for being there.
  private volatile @Nullable ScheduledExecutorService looks;

  private record OwnersSnapshot(long change, Map<OwnerScope, Set<String>> types) {}

  WebhookOwners(WebhookTable table) {
    this.table = table;
    this.known = read();
  }

  // The number first: what changes in between is read again.
  private OwnersSnapshot read() {
    long change = table.changes();
    return new OwnersSnapshot(change, table.subscribedTypes());
  }

  /// Whether anybody is to be told of the end of such a task.
  boolean wants(String type, Submission submission) {
    Map<OwnerScope, Set<String>> all = known.types();
    if (all.isEmpty()) {
      return false;
    }
    Set<String> types = all.get(OwnerScope.of(submission));
    return types != null && (types.isEmpty() || types.contains(type));
  }

  /// Looks now: something changed here.
  void refresh() {
    known = read();
  }

  private void look() {
    try {
      if (table.changes() != known.change()) {
        refresh();
      }
    } catch (RuntimeException away) {
      LOG.debug("who has webhooks could not be looked up, trying again", away);
    }
  }

  @Override
  public void start() {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("handoff-webhooks").daemon().factory());
    var _ =
        ticks.scheduleWithFixedDelay(
            this::look, REFRESH_EVERY_SECONDS, REFRESH_EVERY_SECONDS, TimeUnit.SECONDS);
    looks = ticks;
  }

  @Override
  public void stop() {
    ScheduledExecutorService ticks = looks;
    looks = null;
    if (ticks != null) {
      ticks.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return looks != null;
  }
}
