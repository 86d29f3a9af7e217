package dev.handoff.spring;

import dev.handoff.EndListener;
import dev.handoff.Submission;
import dev.handoff.Task;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/// Every [EndListener] bean. They are made at the first submit or end, so that they may need the
/// engine.
final class EndListeners implements EndListener {
  private final Supplier<EndListener> all;

  EndListeners(ObjectProvider<EndListener> beans) {
    this.all =
        SingletonSupplier.of(
            () -> beans.orderedStream().reduce(EndListener::and).orElse(EndListener.NONE));
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
