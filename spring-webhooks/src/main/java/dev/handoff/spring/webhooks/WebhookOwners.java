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

/// A cache of the owners with webhooks, which every submit checks. Changes on this node apply at
/// once, changes on other nodes within two seconds. Safe for use by many threads.
final class WebhookOwners implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookOwners.class);
  private static final long REFRESH_EVERY_SECONDS = 2;

  private final WebhookTable table;
  private volatile OwnersSnapshot known;
  // Set on the lifecycle's thread; other threads only check for null.
  private volatile @Nullable ScheduledExecutorService looks;

  private record OwnersSnapshot(long change, Map<OwnerScope, Set<String>> types) {}

  WebhookOwners(WebhookTable table) {
    this.table = table;
    this.known = read();
  }

  // The number is read first: a change in between causes another read.
  private OwnersSnapshot read() {
    long change = table.changes();
    return new OwnersSnapshot(change, table.subscribedTypes());
  }

  /// Returns whether a webhook subscribed to the end of such a task.
  boolean wants(String type, Submission submission) {
    Map<OwnerScope, Set<String>> all = known.types();
    if (all.isEmpty()) {
      return false;
    }
    Set<String> types = all.get(OwnerScope.of(submission));
    return types != null && (types.isEmpty() || types.contains(type));
  }

  /// Reads the table now, after a change on this node.
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
    var ignored =
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
