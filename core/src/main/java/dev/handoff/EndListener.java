package dev.handoff;

/// Receives the ends of tasks durably, at least once for each end. An [EngineListener] or a
/// follower receives events at once, as long as its process lives; this one also receives ends that
/// happened while no process was there. Any node that was started with it calls it, on a background
/// thread, for one task after the other.
///
/// A task that was retried by hand ends again, and its end is announced again.
public interface EndListener {
  /// Wants no ends. An engine has this one unless it is given another.
  EndListener NONE =
      new EndListener() {
        @Override
        public boolean wants(String type, Submission submission) {
          return false;
        }

        @Override
        public void onEnd(Task task) {
          // It wants nothing.
        }
      };

  /// Whether the end of a task that is being submitted will be told. Remembered with the task. On
  /// the submitting thread, for each task: it answers from memory. Tasks that nobody wants cost
  /// nothing more.
  boolean wants(String type, Submission submission);

  /// The task as it ended, after that was committed. Hands it on and returns soon: it does no slow
  /// work of its own, and does not change this task. The same end may be told again, and ends may
  /// be told in another order than they happened.
  ///
  /// @throws Exception to be told again, some 15 seconds later
  void onEnd(Task task) throws Exception;

  /// Both. Each is also told of what only the other one wanted.
  default EndListener and(EndListener other) {
    EndListener one = this;
    return new EndListener() {
      @Override
      public boolean wants(String type, Submission submission) {
        return one.wants(type, submission) || other.wants(type, submission);
      }

      @Override
      public void onEnd(Task task) throws Exception {
        // Told again because of one of them, the other hears of it every time.
        try {
          one.onEnd(task);
        } finally {
          other.onEnd(task);
        }
      }
    };
  }
}
