package dev.handoff.spring;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Turns what the engine reports into meters: `handoff.submitted` (a counter by type and whether an
/// equal task was shared), `handoff.attempt` (a timer by type and ending), `handoff.rescued` and
/// `handoff.purged` (counters).
final class EngineMetrics implements EngineListener {
  private final MeterRegistry meters;

  EngineMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void on(EngineEvent event) {
    switch (event) {
      case EngineEvent.TasksSubmitted submitted -> {
        count(submitted.type(), "new", submitted.created());
        count(submitted.type(), "shared", submitted.shared());
      }
      case EngineEvent.AttemptEnded ended ->
          Timer.builder("handoff.attempt")
              .tag("type", ended.type())
              .tag("ending", ended.stored() ? ended.ending().getClass().getSimpleName() : "lost")
              .register(meters)
              .record(ended.ran());
      case EngineEvent.TypeUnhandled ignored -> {
        // A gauge says how many tasks these are.
      }
      case EngineEvent.TasksRescued rescued ->
          meters.counter("handoff.rescued").increment(rescued.requeued() + rescued.failed());
      case EngineEvent.TasksPurged purged ->
          meters.counter("handoff.purged").increment(purged.count());
      case EngineEvent.NodeStarted ignored -> {
        // These are in the log.
      }
      case EngineEvent.NodeStopped ignored -> {
        // These are in the log.
      }
      case EngineEvent.LeaseLapsed ignored -> {
        // These are in the log.
      }
      case EngineEvent.ServiceFailed ignored -> {
        // These are in the log.
      }
      case EngineEvent.SubscriberFailed ignored -> {
        // These are in the log.
      }
    }
  }

  private void count(String type, String how, int tasks) {
    meters.counter("handoff.submitted", "type", type, "how", how).increment(tasks);
  }
}
