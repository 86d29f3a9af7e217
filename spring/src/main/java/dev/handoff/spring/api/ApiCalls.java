package dev.handoff.spring.api;

import java.util.List;

/// A group of calls that belong together. Every bean of it is served, documented and tested.
@FunctionalInterface
public interface ApiCalls {
  /// Its calls; always the same ones.
  List<Endpoint> endpoints();
}
