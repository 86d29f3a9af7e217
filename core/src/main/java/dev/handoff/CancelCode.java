package dev.handoff;

/// Why a task was cancelled, for programs; the reason of [TaskState.Cancelled] is for people.
public enum CancelCode {
  /// Somebody asked for it: a call, or the handler itself.
  REQUESTED("cancelled"),
  /// It was not started before the time that its submit gave ([Submission#startingBefore]).
  TOO_LATE("too-late"),
  /// A newer submit took its place while it waited.
  REPLACED("replaced");

  private final String code;

  CancelCode(String code) {
    this.code = code;
  }

  /// The word on the wire and in the store; stable.
  public String code() {
    return code;
  }

  /// The one with this code; [#REQUESTED] for a code that a newer version wrote.
  public static CancelCode ofCode(String code) {
    for (CancelCode cancel : values()) {
      if (cancel.code.equals(code)) {
        return cancel;
      }
    }
    return REQUESTED;
  }
}
