package dev.handoff.spring;

import dev.handoff.EndListener;
import dev.handoff.Submission;
import dev.handoff.Task;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/// Every [EndListener] bean. They are made at the first submit or end, so that they may need the
/// engine. Ends of Handoff's own tasks, such as deliveries of webhooks, are not told to them.
final class EndListeners implements EndListener {
  private static final String OWN_TYPES = "handoff.";

  private final Supplier<EndListener> all;

  private EndListeners(ListableBeanFactory beans) {
    this.all =
        SingletonSupplier.of(() ->
            beans
                .getBeanProvider(EndListener.class)
                .orderedStream()
                .reduce(EndListener::and)
                .orElse(NONE));
  }

  /// Returns the beans together, and [EndListener#NONE] if there is none. The engine looks for ends
  /// while one of them listens.
  static EndListener of(ListableBeanFactory beans) {
    return beans.getBeanNamesForType(EndListener.class, true, false).length == 0
        ? NONE
        : new EndListeners(beans);
  }

  @Override
  public boolean wants(String type, Submission submission) {
    return !type.startsWith(OWN_TYPES) && all.get().wants(type, submission);
  }

  @Override
  public boolean isListening() {
    return all.get().isListening();
  }

  @Override
  public void onEnd(Task task) throws Exception {
    all.get().onEnd(task);
  }
}
