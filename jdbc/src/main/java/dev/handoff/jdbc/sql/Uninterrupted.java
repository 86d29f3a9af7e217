package dev.handoff.jdbc.sql;

/// Waits that an interrupt does not end; the thread's flag is restored.
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
