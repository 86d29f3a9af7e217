package dev.handoff.systems.trainingvideos.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Titles from the names of files.
final class UploadReaderTest {
  @ParameterizedTest
  @CsvSource({
    "forklift.mp4, forklift",
    "'a/b/../forklift check.mp4', forklift check",
    "'C:\\videos\\x.webm', x",
    "'..', Untitled video",
    "'.mp4', Untitled video",
    "'', Untitled video",
    "v1.2 final.mov, v1.2 final"
  })
  void theTitleIsTheBareName(String name, String title) {
    assertThat(UploadReader.titleOf(name)).isEqualTo(title);
  }

  @Test
  void aNameOfNothingVisibleIsNoTitle() {
    assertThat(UploadReader.titleOf("\0\n\u202e.mp4")).isEqualTo("Untitled video");
    assertThat(UploadReader.titleOf("x".repeat(500) + ".mp4")).hasSize(200);
    assertThat(UploadReader.titleOf(null)).isEqualTo("Untitled video");
  }
}
