package dev.handoff.systems.teamevaluation;

import dev.handoff.ai.AiReply;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Writes summaries with an AI. Safe for use by many threads.
@FunctionalInterface
public interface SummaryWriter {
  /// Stands for no AI: it writes nothing.
  SummaryWriter NONE = (_, _) -> Optional.empty();

  /// Where the questions to the AI are asked: what one costs is paid once.
  interface Asking {
    /// The answer to the question of this name.
    ///
    /// @throws dev.handoff.AttemptException when there is none, or only half of one
    String ask(String name, Callable<AiReply> question) throws Exception;

    /// Does the AI's part, as long as there is time for it.
    Optional<String> inTime(Callable<Optional<String>> part) throws Exception;
  }

  /// The summary; nothing where the AI did not give a usable one in time.
  Optional<String> write(SummaryMaterial material, Asking asking) throws Exception;
}
