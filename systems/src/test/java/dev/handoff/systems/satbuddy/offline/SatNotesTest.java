package dev.handoff.systems.satbuddy.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.ai.offline.Note;
import dev.handoff.ai.offline.NoteIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SatNotesTest {
  private static final Path FOLDER =
      Path.of("src/main/resources/dev/handoff/systems/satbuddy/notes");

  static final NoteIndex INDEX = NoteIndex.of(SatNotes.all());

  @Test
  void theIndexListsEveryNoteOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".md"))
              .map(name -> name.replace(".md", ""))
              .sorted()
              .toList();

      assertThat(Files.readAllLines(FOLDER.resolve("index.txt"))).isEqualTo(names);
    }
    assertThat(SatNotes.all()).hasSizeGreaterThanOrEqualTo(45);
  }

  @Test
  void everyNoteIsShortKnowsItsKeywordsAndClosesItsFormulas() {
    for (Note note : SatNotes.all()) {
      assertThat(words(note.body())).as(note.title()).isBetween(150L, 320L);
      assertThat(note.keywords()).as(note.title()).hasSizeGreaterThanOrEqualTo(4);
      assertThat(count(note.body(), "\\(")).as(note.title()).isEqualTo(count(note.body(), "\\)"));
      assertThat(count(note.body(), "\\[")).as(note.title()).isEqualTo(count(note.body(), "\\]"));
      assertThat(count(note.body(), "{")).as(note.title()).isEqualTo(count(note.body(), "}"));
      assertThat(note.body())
          .as(note.title())
          .doesNotContain("$")
          .doesNotContainPattern("<[a-zA-Z/!]");
    }
  }

  @Test
  void titlesAreUnique() {
    assertThat(SatNotes.all()).extracting(Note::title).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What are the most important concepts to know on the SAT? | The most important concepts to know on the SAT
          How should I prepare today?                              | How to prepare for the SAT today
          what should I do today                                   | How to prepare for the SAT today
          make me a study plan for one month                       | A study plan for weeks or months before the SAT
          how do I find the slope of a line                        | Slope and equations of lines
          explain the quadratic formula                            | Solving quadratic equations
          when do I use a semicolon?                               | Semicolons, colons and dashes
          what is a comma splice                                   | Sentence boundaries: run-ons, comma splices and fragments
          what's the difference between mean and median            | Mean, median, mode, range and standard deviation
          I always run out of time                                 | Managing time on the SAT
          should I guess?                                          | Eliminating answers and guessing well
          how is the SAT scored                                    | How the digital SAT is scored and adapts
          area of a sector                                         | Circles: equation, arcs and sectors
          its or it's                                              | Apostrophes, possessives and plurals
          when to use however or therefore                         | Transitions: choosing however, therefore, for example
          how to find the main idea of a passage                   | Main idea and purpose questions
          how does compound interest work                          | Exponential growth and decay
          I don't understand functions                             | Functions and function notation
          reading tips                                             | Reading faster and understanding more
          how do I get better at math                              | Learning from mistakes with an error log
          sine and cosine                                          | Trigonometry: sine, cosine and tangent
          conditional probability                                  | Probability and two-way tables
          I am nervous about test day                              | The day before and the day of the SAT
          """)
  void theRightNoteIsClosest(String question, String title) {
    assertThat(INDEX.closest(question, 1))
        .as(question)
        .extracting(found -> found.note().title())
        .containsExactly(title);
  }

  @ParameterizedTest
  @CsvSource({
    "who won the world cup in 1998",
    "write me a poem about my dog",
    "asdf qwer zxcv",
    "what is the capital of France",
    "how do I cook spaghetti carbonara"
  })
  void nothingIsClaimedOnOtherThings(String question) {
    assertThat(INDEX.closest(question, 1)).as(question).isEmpty();
  }

  private static long words(String text) {
    return Stream.of(text.split("\\s+", -1)).filter(word -> !word.isBlank()).count();
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
