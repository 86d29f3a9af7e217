package dev.handoff.spring;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.store.TaskStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/// Gauges: `handoff.node.attempts`, `handoff.node.abandoned` and `handoff.node.followers` of this
/// node, and `handoff.tasks` by type and state and `handoff.tasks.unhandled` in the store, which
/// are the same on every node.
final class NodeMetrics implements MeterBinder {
  private static final List<String> STATES =
      List.of("queued", "processing", "completed", "failed", "cancelled");

  private final Handoff handoff;
  private final TaskCounts counts;
  private final List<String> types;

  NodeMetrics(Handoff handoff, TaskStore store, List<HandledType<?, ?>> types) {
    this.handoff = handoff;
    this.counts = new TaskCounts(store);
    this.types = types.stream().map(handled -> handled.type().name()).toList();
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("handoff.node.attempts", handoff, node -> node.status().attempts())
        .description("attempts that run on this node")
        .register(meters);
    Gauge.builder("handoff.node.abandoned", handoff, node -> node.status().abandoned())
        .description("handlers on this node that go on although their attempts are over")
        .register(meters);
    Gauge.builder("handoff.node.followers", handoff, node -> node.status().followers())
        .description("followers of tasks on this node, streams among them")
        .register(meters);
    Gauge.builder("handoff.tasks.unhandled", counts, TaskCounts::unhandled)
        .description("waiting tasks, of all nodes, whose type no live node runs")
        .register(meters);
    for (String type : types) {
      for (String state : STATES) {
        Gauge.builder("handoff.tasks", counts, all -> all.of(type, state))
            .description("tasks in the store, of all nodes")
            .tag("type", type)
            .tag("state", state)
            .register(meters);
      }
    }
  }
}
