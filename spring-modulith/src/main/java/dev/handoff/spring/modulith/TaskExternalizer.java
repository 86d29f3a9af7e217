package dev.handoff.spring.modulith;

import dev.handoff.Handoff;
import dev.handoff.TaskId;
import dev.handoff.Work;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.RoutingTarget;
import org.springframework.modulith.events.support.EventExternalizerModuleListener;

/// Submits the events that the application's [EventExternalizationConfiguration] maps to a [Work],
/// and leaves all others to the application's other externalizers.
///
/// Modulith calls it after the commit of the event's transaction, and once more for a publication
/// that did not complete, such as after a crash. The key of the event's routing target makes that
/// one task: it is the key of [Handoff#submitOnce]. Without a key a repeated publication is a
/// second task. Not final, because Spring makes its asynchronous call through a subclass.
class TaskExternalizer extends EventExternalizerModuleListener {
  private final EventExternalizationConfiguration configuration;

  TaskExternalizer(EventExternalizationConfiguration configuration, Handoff handoff) {
    super(configuration, (work, target) -> submitted(handoff, work, target));
    this.configuration = configuration;
  }

  /// An event without work ends its publication here; to refuse it would leave that incomplete.
  @Override
  public CompletableFuture<?> externalize(Object event) {
    return configuration.map(event) instanceof Work<?>
        ? super.externalize(event)
        : CompletableFuture.completedFuture(null);
  }

  /// A failure is the publication's: it stays incomplete, for Modulith to offer it again.
  private static CompletableFuture<?> submitted(
      Handoff handoff, Object work, RoutingTarget target) {
    try {
      return CompletableFuture.completedFuture(submit(handoff, (Work<?>) work, target.getKey()));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <Q> TaskId submit(Handoff handoff, Work<Q> work, @Nullable String key) {
    return key == null || key.isBlank()
        ? handoff.submit(work.type(), work.request(), work.submission())
        : handoff.submitOnce(key, work.type(), work.request(), work.submission());
  }
}
