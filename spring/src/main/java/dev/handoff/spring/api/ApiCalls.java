package dev.handoff.spring.api;

import java.util.List;

/// A group of API calls. Every bean of this type is served and documented.
@FunctionalInterface
public interface ApiCalls {
  /// Returns the calls, which never change.
  List<Endpoint> endpoints();
}
