package dev.handoff.ai;

/// The form that the answer must have.
public enum AnswerForm {
  /// Any text: prose, markdown, LaTeX.
  FREE_TEXT,
  /// One JSON object (not an array). The provider is asked to guarantee it where it can, but the
  /// reply is not parsed here: read it as carefully as any text.
  JSON
}
