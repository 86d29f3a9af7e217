package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.Sha256;
import java.util.List;

/// What the others wrote about a pupil in an evaluation, in stored order, with the names in it. The
/// comments are for this package; others get [SummaryMaterial] and [Summaries.Quote].
public record Feedback(Evaluation evaluation, Member student, List<Comment> comments) {
  record Comment(String text, int criterion) {
    // A record that is logged, or in an exception, must not tell whom it is about.
    @Override
    public String toString() {
      return "Comment[criterion=" + criterion + "]";
    }
  }

  public Feedback {
    comments = List.copyOf(comments);
  }

  /// How many comments there are.
  public int count() {
    return comments.size();
  }

  boolean isEmpty() {
    return comments.isEmpty();
  }

  /// By which it is known whether anything was added since.
  String hash() {
    String all = String.join("|", comments.stream().map(Comment::text).sorted().toList());
    return Sha256.of(all);
  }
}
