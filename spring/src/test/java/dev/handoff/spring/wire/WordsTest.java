package dev.handoff.spring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.CancelCode;
import dev.handoff.FailureKind;
import dev.handoff.LogLevel;
import dev.handoff.Priority;
import dev.handoff.TaskStatus;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The words that the API's document lists are those that the engine has.
class WordsTest {
  @Test
  void ofStates() throws NoSuchFieldException {
    assertThat(words(TaskView.class, "state"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(TaskStatus.values()).map(TaskStatus::word).toList());
  }

  @Test
  void ofPriorities() throws NoSuchFieldException {
    assertThat(words(TaskView.class, "priority"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Priority.values()).map(Priority::word).toList());
  }

  @Test
  void ofErrors() throws NoSuchFieldException {
    assertThat(words(ErrorView.class, "code"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(FailureKind.values()).map(FailureKind::code),
                    Arrays.stream(CancelCode.values()).map(CancelCode::code))
                .toList());
  }

  @Test
  void ofCancellations() throws NoSuchFieldException {
    assertThat(words(EventView.TaskCancelledView.class, "code"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(CancelCode.values()).map(CancelCode::code).toList());
  }

  @Test
  void ofLogLines() throws NoSuchFieldException {
    assertThat(words(EventView.LineLoggedView.class, "level"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(LogLevel.values()).map(LogLevel::word).toList());
  }

  private static String[] words(Class<?> view, String field) throws NoSuchFieldException {
    return view.getDeclaredField(field).getAnnotation(Words.class).value();
  }
}
