package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.Bench;
import java.util.ArrayList;
import java.util.List;

/// The 1 KB of JSON with a number in it.
final class Request {
  private static final String START = "{\"number\":";

  private Request() {}

  static String numbered(long number) {
    return START + number + "," + Bench.REQUEST.substring(1);
  }

  static List<String> many(int count) {
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(numbered(i));
    }
    return requests;
  }

  static long number(String request) {
    return Long.parseLong(request, START.length(), request.indexOf(','), 10);
  }
}
