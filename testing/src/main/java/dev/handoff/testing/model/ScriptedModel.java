package dev.handoff.testing.model;

import java.time.Duration;
import java.util.List;

/// Runs the scripted provider for a person: `handoff.ai.provider=openai` can be tried by hand
/// without a key or a network. It repeats the question, a word every 80 ms when streaming.
public final class ScriptedModel {
  private static final Duration PAUSE = Duration.ofMillis(80);

  private ScriptedModel() {}

  /// Starts on the port given (default 8089) and stays until the process is stopped.
  public static void main(String[] args) throws InterruptedException {
    int port = args.length == 0 ? 8089 : Integer.parseInt(args[0]);
    try (ScriptedModelServer server = ScriptedModelServer.start(port)) {
      server.byDefault(ModelScript.decide(ScriptedModel::slowEcho));
      System.out.println(
          "Set handoff.ai.provider=openai and handoff.ai.base-url=" + server.baseUrl());
      Thread.currentThread().join();
    }
  }

  private static ModelScript slowEcho(ModelRequest request) {
    String text = "You said: " + request.lastUserText();
    List<String> words = List.of(text.split("(?<=\\s)(?=\\S)"));
    return new ModelScript.AnswerScript(words, Gate.every(PAUSE));
  }
}
