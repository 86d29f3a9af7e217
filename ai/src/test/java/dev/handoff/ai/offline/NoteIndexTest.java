package dev.handoff.ai.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NoteIndexTest {
  private final NoteIndex index =
      NoteIndex.of(
          List.of(
              new Note("Commas", "Writing", List.of("comma", "punctuation"), "Pause and list."),
              new Note(
                  "Slope of a line",
                  "Algebra",
                  List.of("gradient", "rise over run"),
                  "The slope says how steep a line is. Punctuation is not needed."),
              new Note("Circles", "Geometry", List.of("radius"), "The area of a circle.")));

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void findsByTitleKeywordAndBodyInOtherGrammaticalForms() {
    assertThat(titles("how do I find slopes?")).containsExactly("Slope of a line");
    assertThat(titles("What is the gradient")).containsExactly("Slope of a line");
    assertThat(titles("areas of circles")).containsExactly("Circles");
  }

  @Test
  void ranksTheKeywordAboveTheMention() {
    List<FoundNote> found = index.closest("punctuation", 5);

    assertThat(found)
        .extracting(f -> f.note().title())
        .containsExactly("Commas", "Slope of a line");
    assertThat(found.getFirst().score()).isGreaterThan(found.getLast().score());
    assertThat(found.getFirst().coverage()).isEqualTo(1.0);
    assertThat(index.closest("punctuation", 1)).hasSize(1);
  }

  @Test
  void claimsNothingWhenMostOfTheQuestionIsAboutSomethingElse() {
    assertThat(titles("who won the football match yesterday")).isEmpty();
    assertThat(titles("best pizza near the circle line")).isEmpty();
    assertThat(titles("what is the")).isEmpty();
    assertThat(titles("")).isEmpty();
    assertThat(index.closest("slope", 0)).isEmpty();
  }

  @Test
  void aHugeQueryIsCutAndAnswered() {
    assertThat(index.closest("slope " + "word ".repeat(200_000), 3)).isNotNull();
    assertThat(index.closest("AND OR NOT ( * : \" \\ slope ~ ^", 3)).isNotNull();
  }

  @Test
  void readsFrontMatter() {
    Note note =
        Note.parse(
            """
            ---
            title: Slope: the idea
            topic: Algebra
            keywords: slope, rise over run
            ---

            Text with --- inside.
            """);

    assertThat(note.title()).isEqualTo("Slope: the idea");
    assertThat(note.keywords()).containsExactly("slope", "rise over run");
    assertThat(note.body()).isEqualTo("Text with --- inside.");
    assertThatThrownBy(() -> Note.parse("no front matter")).hasMessageContaining("---");
    assertThatThrownBy(() -> Note.parse("---\nauthor: me\n---\nx")).hasMessageContaining("author");
    assertThatThrownBy(() -> Note.parse("---\ntitle: x\ntopic: y\n---\n"))
        .hasMessageContaining("body");
  }

  private List<String> titles(String query) {
    return index.closest(query, 3).stream().map(found -> found.note().title()).toList();
  }
}
