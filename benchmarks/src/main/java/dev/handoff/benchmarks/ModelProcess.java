package dev.handoff.benchmarks;

import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A scripted model in a process of its own, so that it takes no time from the client that
/// measures. It fails each call until it is told to answer.
final class ModelProcess implements AutoCloseable {
  private static final String ANSWER = "answer";

  private final Process process;
  private final String url;

  private ModelProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static ModelProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ModelProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader says = process.inputReader(StandardCharsets.UTF_8);
    String url = says.readLine();
    if (url == null) {
      throw new IllegalStateException("the model did not start");
    }
    return new ModelProcess(process, url);
  }

  String url() {
    return url;
  }

  /// From now on each call gets a prompt.
  void answer() throws IOException {
    process.getOutputStream().write((ANSWER + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  @Override
  public void close() {
    process.destroy();
  }

  /// Says where it listens, and goes on until its input ends.
  public static void main(String[] arguments) throws IOException {
    try (ScriptedModelServer model = ScriptedModelServer.start()) {
      model.byDefault(ModelScript.serverError());
      System.out.println(model.baseUrl());
      BufferedReader told =
          new BufferedReader(new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        if (line.equals(ANSWER)) {
          model.byDefault(ModelScript.answer("You are the assistant of a bakery."));
        }
      }
    }
  }
}
