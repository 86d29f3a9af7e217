package dev.handoff.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/// Goes on answering for a while after the server was asked to end. Its readiness is already 503
/// then, so that whoever distributes calls sends no more of them before the first is refused. Each
/// answer of that time asks its client to close the connection. The engine has stopped claiming
/// before; executors, streams and the web server end after it.
@Component
@EnableConfigurationProperties(ShutdownNotice.NoticeProperties.class)
final class ShutdownNotice implements ApplicationListener<ContextClosedEvent>, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(ShutdownNotice.class);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final ApplicationContext context;
  private final Duration length;
  private volatile boolean given;

  ShutdownNotice(ApplicationContext context, NoticeProperties settings) {
    this.context = context;
    this.length = settings.notice();
  }

  /// Settings of the server's end.
  ///
  /// @param notice how long requests are still answered after the server was asked to end, while
  ///   its readiness is 503 already; from 0 to 10m
  @ConfigurationProperties("handoff.shutdown")
  record NoticeProperties(@DefaultValue("2s") Duration notice) {
    NoticeProperties {
      if (notice.isNegative() || notice.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "handoff.shutdown.notice is between 0 and 10m, was " + notice);
      }
    }
  }

  /// Whether the server was asked to end.
  boolean isGiven() {
    return given;
  }

  // A child context tells its parent of its own events.
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (!event.getApplicationContext().equals(context) || length.isZero()) {
      return;
    }
    given = true;
    LOG.info("asked to end: not ready any more, answering for another {} ms", length.toMillis());
    try {
      var _ = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException cutShort) {
      // It is meant for this wait. The rest of the end has waits of its own, which must not be
      // skipped.
      LOG.info("the rest of the notice was cut short");
    }
  }

  /// Right after the engine was told to claim no more, before executors refuse work.
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }
}
