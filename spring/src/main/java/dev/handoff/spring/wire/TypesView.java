package dev.handoff.spring.wire;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The answer of `GET /types`: the task types that may be submitted over HTTP.
public record TypesView(List<TypeView> types) {
  /// A type and the JSON Schemas (2020-12) of what it takes and gives.
  public record TypeView(String name, JsonNode request, JsonNode result) {}
}
