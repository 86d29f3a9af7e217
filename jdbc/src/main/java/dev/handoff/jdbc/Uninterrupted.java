package dev.handoff.jdbc;

/// Waits that have to come to their end; an interrupt is kept for the caller.
final class Uninterrupted {
  private Uninterrupted() {}

  interface Wait {
    void await() throws InterruptedException;
  }

  static void run(Wait wait) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          wait.await();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
