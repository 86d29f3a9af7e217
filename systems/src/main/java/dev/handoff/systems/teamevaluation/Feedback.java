package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.Sha256;
import java.util.List;

/// What the others wrote about a pupil in an evaluation, in stored order, with the names in it.
public record Feedback(Evaluation evaluation, Member student, List<Comment> comments) {
  public record Comment(String text, int criterion) {}

  public Feedback {
    comments = List.copyOf(comments);
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
