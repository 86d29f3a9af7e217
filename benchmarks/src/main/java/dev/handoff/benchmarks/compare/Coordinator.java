package dev.handoff.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/// The process that started this one, on the other end of its standard input and output.
final class Coordinator {
  private final CountDownLatch go = new CountDownLatch(1);

  private Coordinator() {}

  /// Begins to listen. This process ends when the coordinator does.
  static Coordinator connect() {
    Coordinator coordinator = new Coordinator();
    Thread.ofPlatform().daemon().start(coordinator::listen);
    return coordinator;
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (lines.readLine() != null) {
        go.countDown();
      }
    } catch (IOException gone) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(1);
  }

  /// Says that all is set up, and waits for the word.
  void awaitGo() throws InterruptedException {
    tell("ready");
    go.await();
  }

  /// Something that it waits for.
  void tell(String word) {
    System.out.println(word);
  }

  /// Something that it waits for, with a number.
  void tell(String word, long number) {
    System.out.println(word + " " + number);
  }

  /// A figure of this process.
  void figure(String name, double value) {
    System.out.println("figure " + name + " " + String.format(Locale.ROOT, "%.6f", value));
  }
}
