package dev.handoff.jdbc;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Stops processes, and lets them go on.
final class Signals {
  private Signals() {}

  static void stop(long pid) throws IOException, InterruptedException {
    send("STOP", pid);
  }

  static void goOn(long pid) throws IOException, InterruptedException {
    send("CONT", pid);
  }

  // A process that has ended meanwhile needs neither.
  private static void send(String name, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS)
        || (kill.exitValue() != 0
            && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())) {
      throw new IOException("kill -" + name + " did not work");
    }
  }
}
