package dev.handoff.ai;

/// What kind of text the model is held to.
public enum AnswerForm {
  /// Whatever it likes: prose, markdown, LaTeX.
  FREE_TEXT,
  /// One JSON object (not an array). The provider is asked to guarantee it where it can, but the
  /// reply is not parsed here: read it as carefully as any text.
  JSON
}
