package dev.handoff.systems.satbuddy.offline;

import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.TokenListener;
import dev.handoff.ai.offline.FoundNote;
import dev.handoff.ai.offline.NoteIndex;
import dev.handoff.systems.satbuddy.algebra.Algebra;
import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer;
import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.NotUnderstood;
import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// SAT Buddy without an AI model: small talk, algebra with steps, and the closest of its notes.
/// Says in every answer that it is offline, and says so plainly when it has nothing to offer. The
/// same message and history always give the same answer. Safe for use by many threads.
public final class OfflineTutor {
  private static final String WHAT_I_AM =
      "*I'm running offline, without an AI model: I solve algebra exactly and answer from my own"
          + " notes.*";
  private static final double SECOND_NOTE_SCORE = 0.6;
  private static final Pattern MATHEMATICS =
      Pattern.compile("[0-9a-zA-Z)]\\s*(?:[=<>≤≥]|\\\\[lg]e)");

  private final NoteIndex notes;

  private OfflineTutor(NoteIndex notes) {
    this.notes = notes;
  }

  /// The tutor with the notes that are shipped. Reads them from the class path; keep the result.
  public static OfflineTutor shipped() {
    return new OfflineTutor(NoteIndex.of(SatNotes.all()));
  }

  /// The answer to a pupil's message, in markdown with LaTeX, given the conversation before it
  /// (oldest first).
  public String answer(AiMessage message, List<AiMessage> history) {
    String text = message.text().strip();
    String said = message.images().isEmpty() ? reply(text, history) : aboutImages(message, history);
    return said + "\n\n" + WHAT_I_AM;
  }

  /// This tutor as a model: it answers the last message of a request and takes the ones before as
  /// history. It never claims that an AI wrote the answer, costs nothing, and passes the answer on
  /// word by word to whoever listens.
  public AiModel asModel() {
    return (request, onToken) -> ask(request, onToken);
  }

  private AiReply ask(AiRequest request, TokenListener onToken) throws InterruptedException {
    List<AiMessage> messages = request.messages();
    String text = answer(messages.getLast(), messages.subList(0, messages.size() - 1));
    for (String word : text.split("(?<=\\s)(?=\\S)", -1)) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while answering offline");
      }
      onToken.onToken(word);
    }
    return AiReply.offline(text);
  }

  private String aboutImages(AiMessage message, List<AiMessage> history) {
    String one = message.images().size() == 1 ? "that image" : "those images";
    String sorry =
        "I can't read images while I'm offline, so I haven't looked at %s. Please type the question as text, for example `2x + 3 = 11`, and I'll work on it."
            .formatted(one);
    String text = message.text().strip();
    return text.isEmpty() ? sorry : sorry + "\n\nAbout what you wrote:\n\n" + reply(text, history);
  }

  private String reply(String text, List<AiMessage> history) {
    AlgebraAnswer algebra = Algebra.solve(text);
    return SmallTalk.answer(text)
        .or(() -> solution(algebra))
        .or(() -> followUp(text, history))
        .or(() -> PracticeHint.answer(text))
        .or(() -> fromNotes(text, algebra))
        .orElseGet(() -> nothing(text, algebra));
  }

  private static Optional<String> solution(AlgebraAnswer algebra) {
    return switch (algebra) {
      case Solved solved ->
          Optional.of("Let's work it out step by step.\n\n" + solved.toMarkdown());
      case NotUnderstood _ -> Optional.empty();
    };
  }

  private static Optional<String> followUp(String text, List<AiMessage> history) {
    return FollowUp.rewritten(text, history)
        .flatMap(question ->
            solution(Algebra.solve(question))
                .map(answer -> "I take that to mean: " + question + "\n\n" + answer));
  }

  private Optional<String> fromNotes(String text, AlgebraAnswer algebra) {
    List<FoundNote> found = notes.closest(text, 2);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    FoundNote best = found.getFirst();
    StringBuilder answer = new StringBuilder(couldNotSolve(text, algebra));
    answer.append("Here is what I have on **%s**.\n\n".formatted(best.note().title()));
    answer.append(best.note().body());
    if (found.size() > 1 && found.getLast().score() > SECOND_NOTE_SCORE * best.score()) {
      answer.append(
          "\n\nIf you meant something else, ask me about \"%s\"."
              .formatted(found.getLast().note().title()));
    }
    return Optional.of(answer.toString());
  }

  /// When there is an equation in the text that could not be solved, the pupil should hear why.
  private static String couldNotSolve(String text, AlgebraAnswer algebra) {
    return algebra instanceof NotUnderstood(String reason) && MATHEMATICS.matcher(text).find()
        ? "I couldn't solve the mathematics in your message: " + reason + "\n\n"
        : "";
  }

  private static String nothing(String text, AlgebraAnswer algebra) {
    return couldNotSolve(text, algebra)
        + """
        I don't have a good answer to that offline, and I won't make one up. What I can do:

        - **solve algebra with steps**: `2x + 3 = 11`, `x^2 - 5x + 6 = 0`, `2x + y = 7 and x - y = 2`, `3 - 2x < 9`, `15% of 80`, `slope through (1,2) and (3,8)`
        - **explain SAT topics** from my notes: "linear inequalities", "commas", "main idea questions", "probability"
        - **help you plan**: "How should I prepare today?", "What are the most important concepts to know on the SAT?"
        - **make practice questions** in Question mode\
        """;
  }
}
