package dev.handoff.systems.satbuddy.offline;

import dev.handoff.ai.offline.FoundNote;
import dev.handoff.ai.offline.Note;
import dev.handoff.ai.offline.NoteIndex;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The topics there are, and which of them a pupil's words mean. Safe for use by many threads.
final class QuestionTopics {
  static final String ALGEBRA = "Algebra";
  static final String ADVANCED = "Advanced Math";
  static final String DATA = "Problem-Solving and Data Analysis";
  static final String GEOMETRY = "Geometry and Trigonometry";
  static final String READING = "Reading";
  static final String WRITING = "Writing";

  private static final List<String> MATH = List.of(ALGEBRA, ADVANCED, DATA, GEOMETRY);

  private final List<QuestionTopic> topics;
  private final NoteIndex byWords;
  private final NoteIndex notes;

  QuestionTopics(List<QuestionTopic> topics, NoteIndex notes) {
    this.topics = List.copyOf(topics);
    this.notes = notes;
    this.byWords =
        NoteIndex.of(
            topics.stream()
                .map(t -> new Note(t.name(), t.name(), List.of(t.keywords()), t.keywords()))
                .toList());
  }

  /// What the words of a pupil come to: the topic, and whether it is only near to what was asked.
  record Match(QuestionTopic topic, boolean isExact) {}

  List<String> names() {
    return topics.stream().map(QuestionTopic::name).toList();
  }

  /// The topic of these words: by name, by a whole part of the test, by keywords, or else the area
  /// of the note that is closest.
  Optional<Match> match(String words, Dice dice) {
    String asked = words.strip().toLowerCase(Locale.ROOT);
    for (QuestionTopic topic : topics) {
      if (topic.name().equals(asked)) {
        return Optional.of(new Match(topic, true));
      }
    }
    return areas(asked)
        .map(areas -> new Match(oneOf(areas, dice), true))
        .or(() -> closest(asked).map(topic -> new Match(topic, true)))
        .or(() -> nearestArea(asked).map(area -> new Match(oneOf(List.of(area), dice), false)));
  }

  private static Optional<List<String>> areas(String asked) {
    return Optional.ofNullable(
        switch (asked.replaceFirst("^sat ", "").replaceFirst(" questions?$", "")) {
          case "math", "maths", "mathematics" -> MATH;
          case "algebra" -> List.of(ALGEBRA);
          case "advanced math", "advanced maths" -> List.of(ADVANCED);
          case "data", "data analysis", "problem solving" -> List.of(DATA);
          case "geometry" -> List.of(GEOMETRY);
          case "reading", "english" -> List.of(READING);
          case "writing", "grammar", "conventions" -> List.of(WRITING);
          case "reading and writing" -> List.of(READING, WRITING);
          case "anything", "any", "random", "sat", "all" ->
              List.of(ALGEBRA, ADVANCED, DATA, GEOMETRY, READING, WRITING);
          default -> null;
        });
  }

  private QuestionTopic oneOf(List<String> areas, Dice dice) {
    return dice.of(topics.stream().filter(topic -> areas.contains(topic.area())).toList());
  }

  private Optional<QuestionTopic> closest(String asked) {
    return byWords.closest(asked, 1).stream()
        .map(FoundNote::note)
        .flatMap(note -> topics.stream().filter(topic -> topic.name().equals(note.title())))
        .findFirst();
  }

  /// The area of the closest note; notes on strategy and planning belong to none.
  private Optional<String> nearestArea(String asked) {
    return notes.closest(asked, 1).stream()
        .map(found -> found.note().topic().replaceFirst(" \\(.*", ""))
        .filter(area -> topics.stream().anyMatch(topic -> topic.area().equals(area)))
        .findFirst();
  }
}
