package dev.handoff.systems.zoneinsights;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// Where a student is steady, borderline and weak in one subject: two sentences each.
public record Zones(
    @JsonProperty("steady_zone") List<String> steady,
    @JsonProperty("edge_zone") List<String> edge,
    @JsonProperty("focus_zone") List<String> focus) {
  public static final int POINTS = 2;

  public Zones {
    steady = two(steady);
    edge = two(edge);
    focus = two(focus);
  }

  private static List<String> two(List<String> points) {
    if (points.size() != POINTS) {
      throw new IllegalArgumentException("a zone has two points, had " + points.size());
    }
    return List.copyOf(points);
  }
}
