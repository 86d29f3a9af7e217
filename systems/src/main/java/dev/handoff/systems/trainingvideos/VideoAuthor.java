package dev.handoff.systems.trainingvideos;

import dev.handoff.ai.AiImage;
import dev.handoff.systems.kit.ModelJson.Written;
import java.util.List;

/// An AI that understands videos and words steps. Calls block and are paid for; what goes wrong is
/// thrown as [dev.handoff.AttemptException]. Safe for use by many threads.
public interface VideoAuthor {
  /// What an analysis works with: the title that the file gave, the length in seconds (0 for
  /// unknown), what is said, and pictures in order of time.
  record Footage(String title, double seconds, Speech speech, List<AiImage> pictures) {
    public Footage {
      pictures = List.copyOf(pictures);
    }
  }

  record Wording(String title, String description) {}

  /// Finds title, description and steps.
  Written<Analysis> analyse(Footage footage) throws InterruptedException;

  /// The same steps clearer and shorter: as many, in the same order.
  Written<List<Wording>> reword(List<Wording> steps) throws InterruptedException;

  /// One text of a trainer, put better, as they ask for.
  Written<String> rewrite(String text, String instruction) throws InterruptedException;

  /// An answer about the step that a person is at.
  Written<String> answer(Question question) throws InterruptedException;
}
