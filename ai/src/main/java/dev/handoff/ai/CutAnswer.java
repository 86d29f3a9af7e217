package dev.handoff.ai;

/// Tells a person that an answer in words ends before its end.
public final class CutAnswer {
  /// Stands below such an answer, as markdown and as plain text.
  public static final String NOTE =
      "\n\n[The answer was cut off here: the AI reached its length limit. Ask it to continue.]";

  private CutAnswer() {}

  /// The same answer, with the note where it is cut; the listener hears the note as well.
  public static AiReply told(AiReply reply, TokenListener onToken) {
    if (!reply.isCut()) {
      return reply;
    }
    onToken.onToken(NOTE);
    return new AiReply(
        reply.text() + NOTE, reply.model(), reply.usage(), reply.generatedByAi(), true);
  }
}
