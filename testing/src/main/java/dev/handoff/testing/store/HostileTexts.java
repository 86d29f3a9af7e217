package dev.handoff.testing.store;

import java.util.List;

/// Texts that break careless quoting and encoding.
public final class HostileTexts {
  private HostileTexts() {}

  /// Quotes, SQL, JSON, control characters, NUL, scripts that go the other way, and characters
  /// outside the first plane. All are well-formed Unicode.
  public static List<String> all() {
    return List.of(
        "O'Brien \"quoted\" `ticks` \\back\\slash",
        "'); drop table task; --",
        "{\"type\":\"taskCompleted\"}",
        ":id ? $1 %s {0} ${env}",
        "a\u0000b",
        "\u0000",
        "line\r\nfeed\ttab\u0001\u001f\u007f\u0085\u2028",
        "emoji 😀👩‍👩‍👧‍👦 math 𝔛",
        "שלום \u202e gnirts",
        "e\u0301 is not \u00e9",
        "<script>alert(1)</script>");
  }
}
