package dev.handoff;

/// Receives the ends of tasks durably, at least once for each end. An [EngineListener] or a
/// follower receives events at once, as long as its process lives; this one also receives ends that
/// happened while no process was there. Any node whose listener wants the task calls it, on a
/// background thread, for one task after the other; a node leaves to the others what its own
/// listener does not want. Of several nodes whose listeners want the same task, one calls its own,
/// so those nodes are started with listeners that do the same.
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
        public boolean isListening() {
          return false;
        }

        @Override
        public void onEnd(Task task) {
          // It wants nothing.
        }
      };

  /// Whether the end of such a task is to be told. Asked at the submit, on the submitting thread,
  /// and remembered with the task; and again on the node that is about to tell it. An end that was
  /// wanted at the submit and that no listener wants any longer is forgotten a day after it. It
  /// answers from memory. Tasks that no listener wants cost nothing more.
  boolean wants(String type, Submission submission);

  /// Whether this listener may want any task at the moment. While it does not, its node does not
  /// look for ends. Answers from memory.
  default boolean isListening() {
    return true;
  }

  /// The task as it ended, after that was committed. Hands it on and returns soon: it does no slow
  /// work of its own. It may retry this task, and call the engine as it likes. The same end may be
  /// told again, and ends may be told in another order than they happened.
  ///
  /// @throws Exception to be told again: 15 seconds later, then after pauses that double up to an
  ///   hour, for as long as the task is kept and a day more
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
      public boolean isListening() {
        return one.isListening() || other.isListening();
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
