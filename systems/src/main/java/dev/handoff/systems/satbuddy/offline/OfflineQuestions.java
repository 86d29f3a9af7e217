package dev.handoff.systems.satbuddy.offline;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.offline.NoteIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/// Makes SAT practice questions without an AI model. In mathematics the numbers are drawn, the
/// right answer is computed and the wrong options are what typical mistakes give; questions on
/// reading and writing come from a bank of original texts. The same source of randomness in the
/// same state gives the same question. Safe for use by many threads, each with its own source.
public final class OfflineQuestions {
  private static final int MOST_DRAWS = 200;
  private static final int LONGEST_ECHO = 60;

  private final QuestionTopics topics;

  private OfflineQuestions(QuestionTopics topics) {
    this.topics = topics;
  }

  /// The questions that are shipped. Reads notes and banks from the class path; keep the result.
  public static OfflineQuestions shipped() {
    List<QuestionTopic> all = new ArrayList<>(MathTopics.all());
    all.addAll(LanguageTopics.reading(SatNotes.bank("reading")));
    all.addAll(LanguageTopics.writing(SatNotes.bank("writing")));
    return new OfflineQuestions(new QuestionTopics(all, NoteIndex.of(SatNotes.all())));
  }

  /// The topics, as they can be named to a pupil.
  public List<String> topics() {
    return topics.names();
  }

  /// A question on the topic that these words mean. When there are none on exactly that, the
  /// question is from the nearest part of the test and its explanation says so.
  ///
  /// @throws AttemptException of kind `INVALID_REQUEST` when the words mean no topic of the test;
  ///   the message lists the topics
  public PracticeQuestion ask(String topic, Difficulty difficulty, RandomGenerator random) {
    Dice dice = new Dice(random);
    QuestionTopics.Match match = topics.match(topic, dice).orElseThrow(() -> unknown(topic));
    PracticeQuestion question = mixed(draft(match.topic().template(), difficulty, dice), dice);
    return match.isExact() ? question : nearby(question, match.topic());
  }

  private AttemptException unknown(String topic) {
    String asked = topic.strip().replaceAll("\\s+", " ");
    String shown = asked.length() > LONGEST_ECHO ? asked.substring(0, LONGEST_ECHO) + "…" : asked;
    return AttemptException.of(
        FailureKind.INVALID_REQUEST,
        "I know no SAT topic like \"%s\" offline. Topics I can make questions on: %s."
            .formatted(shown, String.join(", ", topics())));
  }

  private static Draft draft(QuestionTemplate template, Difficulty difficulty, Dice dice) {
    for (int i = 0; i < MOST_DRAWS; i++) {
      Draft draft = template.draw(difficulty, dice);
      if (draft.isComplete()) {
        return draft;
      }
    }
    throw new IllegalStateException("A template that never gives three wrong options");
  }

  private static PracticeQuestion mixed(Draft draft, Dice dice) {
    List<String> texts = new ArrayList<>(draft.wrong());
    texts.add(draft.correct());
    List<String> shuffled = dice.shuffled(texts);
    SequencedMap<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < shuffled.size(); i++) {
      options.put(PracticeQuestion.LETTERS.get(i), shuffled.get(i));
    }
    String letter = PracticeQuestion.LETTERS.get(shuffled.indexOf(draft.correct()));
    return new PracticeQuestion(draft.question(), options, letter, draft.explanation());
  }

  private static PracticeQuestion nearby(PracticeQuestion question, QuestionTopic topic) {
    return new PracticeQuestion(
        question.question(),
        question.options(),
        question.correctAnswer(),
        question.explanation()
            + "\n\n*I have no offline questions on exactly that topic; this one, on %s, is from the same part of the test (%s).*"
                .formatted(topic.name(), topic.area()));
  }
}
