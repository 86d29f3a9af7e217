package dev.handoff.systems.trainingvideos;

import dev.handoff.AttemptException;
import dev.handoff.systems.kit.ModelJson.Written;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.trainingvideos.TrainingConfiguration.Author;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Answers people who watch, and puts a trainer's texts better, while they wait: with the AI where
/// there is one, by rules where it does not answer. Safe for use by many threads.
public final class TrainingAssistant {
  /// What is asked of the AI unless the trainer asks for something else.
  public static final String USUAL_INSTRUCTION =
      "Reword this step so that it is clearer and shorter.";

  private static final int AT_ONCE = 64;

  private final Optional<VideoAuthor> author;
  private final Semaphore slots = new Semaphore(AT_ONCE);

  TrainingAssistant(Author author) {
    this.author = author.author();
  }

  public String answer(Question question) throws InterruptedException {
    if (author.isEmpty()) {
      return KeywordAnswers.to(question);
    }
    try {
      return asked(() -> author.get().answer(question));
    } catch (AttemptException noAnswer) {
      return KeywordAnswers.to(question);
    }
  }

  /// The text, put as the trainer asks.
  ///
  /// @throws RefusedException when the AI did not answer
  public String rewrite(String text, String instruction) throws InterruptedException {
    if (author.isEmpty()) {
      return PlainWording.of(text);
    }
    try {
      return asked(() -> author.get().rewrite(text, instruction));
    } catch (AttemptException noAnswer) {
      throw RefusedException.of(503, noAnswer.message());
    }
  }

  private interface Call {
    Written<String> make() throws InterruptedException;
  }

  private String asked(Call call) throws InterruptedException {
    if (!slots.tryAcquire()) {
      throw RefusedException.tooMany(
          "The assistant is busy. Please try again shortly.", Duration.ofSeconds(5));
    }
    try {
      return call.make().found();
    } finally {
      slots.release();
    }
  }
}
