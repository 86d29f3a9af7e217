package dev.handoff.systems.http;

/// How one system tells requests under its own paths that they were refused before they reached it.
/// Where no form covers a path, the answer is an [ErrorBody].
public interface RefusalForm {
  /// Whether it is for this path, which has no slash at its end.
  boolean covers(String path);

  /// The JSON to answer with.
  Object body(Refusal refusal);

  /// A refused request.
  ///
  /// @param status the HTTP status of the answer
  /// @param words what a person may read
  record Refusal(String path, int status, Why why, String words) {}

  enum Why {
    NO_LOGIN,
    /// The token was good once.
    EXPIRED_LOGIN,
    /// The token is forged or somebody else's.
    BAD_LOGIN,
    OTHER
  }
}
