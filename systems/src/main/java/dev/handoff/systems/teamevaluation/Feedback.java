package dev.handoff.systems.teamevaluation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What the others wrote about a pupil in an evaluation, in stored order, with the names in it.
record Feedback(Evaluation evaluation, Member student, List<Comment> comments) {
  /// A comment on one criterion, as it was written.
  record Comment(String text, int criterion) {}

  Feedback {
    comments = List.copyOf(comments);
  }

  boolean isEmpty() {
    return comments.isEmpty();
  }

  /// By which it is known whether anything was added since.
  String hash() {
    String all = String.join("|", comments.stream().map(Comment::text).sorted().toList());
    return HexFormat.of().formatHex(sha256().digest(all.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
