package dev.handoff.spring.wire;

/// A refusal as RFC 9457 has it. `type` is a stable name, `detail` says what to do next, `instance`
/// is the path that was asked for.
public record ProblemView(String type, String title, int status, String detail, String instance) {}
