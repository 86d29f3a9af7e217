package dev.handoff.spring;

import dev.handoff.EndListener;
import dev.handoff.Submission;
import dev.handoff.Task;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/// Every [EndListener] bean. They are made at the first submit or end, so that they may need the
/// engine.
final class EndListeners implements EndListener {
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

  /// Returns the beans together, and [EndListener#NONE] if there is none: then the engine does not
  /// look for ends.
  static EndListener of(ListableBeanFactory beans) {
    return beans.getBeanNamesForType(EndListener.class, true, false).length == 0
        ? NONE
        : new EndListeners(beans);
  }

  @Override
  public boolean wants(String type, Submission submission) {
    return all.get().wants(type, submission);
  }

  @Override
  public void onEnd(Task task) throws Exception {
    all.get().onEnd(task);
  }
}
