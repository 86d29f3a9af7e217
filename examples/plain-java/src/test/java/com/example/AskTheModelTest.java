package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AskTheModelTest {
  @Test
  void theAnswerIsPrintedWhileItComes(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    String answer = AskTheModel.ask(folder.resolve("handoff.db"), "6 × 7?", out);

    assertThat(answer).isEqualTo("The answer to \"6 × 7?\" is 42.");
    assertThat(shown.toString(StandardCharsets.UTF_8)).startsWith("Thinking…").contains(answer);
  }
}
