package dev.handoff;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far an attempt is: percent (0 to 100), a sentence for the person waiting, and the name of
/// the part it is in.
public record Progress(int percent, @Nullable String message, @Nullable String step) {
  /// The progress of an attempt that has reported none.
  public static final Progress NONE = new Progress(0, null, null);

  /// The longest message, in characters. A longer one is cut.
  public static final int MESSAGE_LIMIT = 1_000;

  private static final int STEP_LIMIT = 200;

  /// Percent outside 0 to 100 is an error of the handler.
  public Progress {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("progress is 0 to 100 percent, was " + percent);
    }
    message = message == null ? null : Texts.cut(message, MESSAGE_LIMIT);
    step = step == null ? null : Texts.cut(step, STEP_LIMIT);
  }

  /// What the person waiting reads.
  public Optional<String> words() {
    return Optional.ofNullable(message);
  }

  /// The part it is in.
  public Optional<String> stepName() {
    return Optional.ofNullable(step);
  }
}
