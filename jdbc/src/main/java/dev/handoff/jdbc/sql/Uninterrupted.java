package dev.handoff.jdbc.sql;

/// Waits that have to come to their end; an interrupt is kept for the caller.
public final class Uninterrupted {
  private Uninterrupted() {}

  public interface Wait {
    void await() throws InterruptedException;
  }

  public static void run(Wait wait) {
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
