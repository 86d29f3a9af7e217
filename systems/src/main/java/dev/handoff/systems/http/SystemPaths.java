package dev.handoff.systems.http;

import java.util.List;

/// Calls of systems that lie where the open API is: they are answered in their system's form, and
/// only a login opens them.
public final class SystemPaths {
  private static final List<String> BESIDE_THE_API =
      List.of("/api/v1/web-knowledge/", "/api/v1/feedback-summaries/", "/api/v1/team-evaluation/");

  private SystemPaths() {}

  /// Whether it is one of those.
  public static boolean isBesideTheApi(String path) {
    return BESIDE_THE_API.stream().anyMatch(path::startsWith);
  }
}
