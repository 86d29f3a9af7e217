package dev.handoff.spring;

import dev.handoff.EndListener;
import dev.handoff.Submission;
import dev.handoff.Task;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/// Publishes the ends of tasks as [TaskEnded], while a listener of the application listens to it.
final class EndEvents implements EndListener {
  private static final ResolvableType ENDED = event(TaskEnded.class);

  /// An event to which only those listeners listen that listen to every event.
  private static final ResolvableType UNKNOWN = event(Unpublished.class);

  private final AbstractApplicationContext context;
  private volatile Interest interest = new Interest(0, false);

  /// Whether one of so many listeners listens to ends.
  private record Interest(int listeners, boolean wanted) {}

  private static final class Unpublished {}

  EndEvents(AbstractApplicationContext context) {
    this.context = context;
  }

  private static ResolvableType event(Class<?> payload) {
    return ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, payload);
  }

  // Listeners are added while the application starts, and sometimes later.
  @Override
  public boolean wants(String type, Submission submission) {
    return isListening();
  }

  @Override
  public boolean isListening() {
    Collection<ApplicationListener<?>> listeners = context.getApplicationListeners();
    Interest known = interest;
    if (known.listeners() != listeners.size()) {
      known = new Interest(listeners.size(), anyListens(listeners));
      interest = known;
    }
    return known.wanted();
  }

  private static boolean anyListens(Collection<ApplicationListener<?>> listeners) {
    try {
      return listeners.stream().anyMatch(EndEvents::listens);
    } catch (ConcurrentModificationException added) {
      // An end without a listener costs little.
      return true;
    }
  }

  private static boolean listens(ApplicationListener<?> listener) {
    GenericApplicationListener generic =
        listener instanceof GenericApplicationListener given
            ? given
            : new GenericApplicationListenerAdapter(listener);
    return generic.supportsEventType(ENDED) && !generic.supportsEventType(UNKNOWN);
  }

  @Override
  public void onEnd(Task task) {
    context.publishEvent(new TaskEnded(task));
  }
}
