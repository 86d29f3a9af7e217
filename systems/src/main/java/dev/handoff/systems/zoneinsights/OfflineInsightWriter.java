package dev.handoff.systems.zoneinsights;

import dev.handoff.Usage;
import dev.handoff.systems.kit.ModelJson.Written;

/// Insights computed from the answers, without a model. Stateless.
public final class OfflineInsightWriter implements InsightWriter {
  @Override
  public Written<Zones> zones(SubjectSheet sheet) {
    return new Written<>(ZoneRules.of(sheet), Usage.NONE);
  }

  @Override
  public Written<Checkpoint.Pair> checkpoints(SubjectSheet sheet) {
    return new Written<>(CheckpointRules.of(sheet), Usage.NONE);
  }

  @Override
  public boolean isAi() {
    return false;
  }
}
