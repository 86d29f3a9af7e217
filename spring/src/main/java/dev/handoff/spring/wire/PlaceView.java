package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.handoff.QueuePlace;
import dev.handoff.QueuePlace.Estimate;
import dev.handoff.QueuePlace.LinePosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where a task stands in its line: of a waiting one its position, from 1, and when it is likely to
/// start and end, where the line moves; of a running one `endsIn` alone.
public record PlaceView(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer position,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer of,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EstimateView startsIn,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EstimateView endsIn) {

  /// Seconds, to one decimal: half of all cases take no longer than `p50`, nine of ten no longer
  /// than `p90`.
  public record EstimateView(double p50, double p90) {}

  /// Returns the place for its owner.
  public static PlaceView of(QueuePlace place) {
    LinePosition position = place.position();
    return new PlaceView(
        position == null ? null : position.position(),
        position == null ? null : position.of(),
        estimate(place.startsIn()),
        estimate(place.endsIn()));
  }

  private static @Nullable EstimateView estimate(@Nullable Estimate estimate) {
    return estimate == null
        ? null
        : new EstimateView(seconds(estimate.p50()), seconds(estimate.p90()));
  }

  private static double seconds(Duration wait) {
    return Math.round(wait.toMillis() / 100.0) / 10.0;
  }
}
