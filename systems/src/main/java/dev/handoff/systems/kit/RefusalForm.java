package dev.handoff.systems.kit;

/// The JSON in which one system words its refusals, whoever refuses: a call, the login or a limit.
@FunctionalInterface
public interface RefusalForm {
  /// The form of the systems that have none of their own: an [ErrorBody].
  RefusalForm USUAL = (refusal, _) -> new Answer(refusal.status(), ErrorBody.of(refusal.words()));

  /// Words a refusal.
  ///
  /// @param path the call's path as it was declared, such as `/ai/task/{id}`; for a request that
  ///   was refused before its call, the path that was asked for
  Answer answer(Refusal refusal, String path);

  /// An HTTP status and the JSON below it.
  record Answer(int status, Object body) {}
}
