package dev.handoff.spring;

import dev.handoff.HandledType;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/// The observation `handoff.handle` around a handler's work: a span where the application traces,
/// and the parent of what the handler calls. By type; the task and the attempt are only in the
/// span.
final class ObservedHandler<Q, R> implements Handler<Q, R> {
  private final HandledType<Q, R> handled;
  private final ObservationRegistry observations;

  private ObservedHandler(HandledType<Q, R> handled, ObservationRegistry observations) {
    this.handled = handled;
    this.observations = observations;
  }

  /// The same type, whose handler is observed.
  static <Q, R> HandledType<Q, R> around(
      HandledType<Q, R> handled, ObservationRegistry observations) {
    return observations.isNoop() || !handled.isHandled()
        ? handled
        : handled.type().handledBy(new ObservedHandler<>(handled, observations));
  }

  @Override
  public Outcome<R> handle(Q request, TaskContext context) throws Exception {
    Observation observation =
        Observation.createNotStarted("handoff.handle", observations)
            .contextualName("handle " + handled.type().name())
            .lowCardinalityKeyValue("type", handled.type().name())
            .highCardinalityKeyValue("task", context.taskId().toString())
            .highCardinalityKeyValue("attempt", Integer.toString(context.attempt()));
    return observation.<Outcome<R>, Exception>observeChecked(
        () -> handled.handler().handle(request, context));
  }
}
