package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Extensions;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A request whose type has changed twice, as the documentation shows it.
final class RequestVersionsTest {
  private static final TaskType<FirstNotes, String> FIRST =
      TaskType.of("meeting-summary", FirstNotes.class, String.class);
  private static final TaskType<SecondNotes, String> SECOND =
      TaskType.of("meeting-summary", SecondNotes.class, String.class).withRequestVersion(2);

  record FirstNotes(String text) {}

  record SecondNotes(String title, String text) {}

  record Brief(String title, List<String> lines) {}

  static final TaskType<Brief, String> SUMMARY =
      TaskType.of("meeting-summary", Brief.class, String.class)
          .withRequestVersion(3)
          .upcasting(1, FirstNotes.class, old -> new Brief("Meeting", old.text().lines().toList()))
          .upcasting(
              2, SecondNotes.class, old -> new Brief(old.title(), old.text().lines().toList()));

  private static <Q> TaskId submitted(SqliteTaskStore store, TaskType<Q, String> type, Q request) {
    try (Handoff node =
        Handoff.startByHand(
            store,
            List.of(type.answeredBy((notes, task) -> "not here")),
            HandoffConfig.defaults(),
            Extensions.defaults().withCodec(new JacksonPayloadCodec()))) {
      return node.submit(type, request, Submission.by("asha"));
    }
  }

  @Test
  void waitingRequestsOfOlderVersionsAreConverted(@TempDir Path folder) {
    try (SqliteTaskStore store =
        SqliteTaskStore.open(
            SqliteSettings.temporary(folder.resolve("tasks.db")), TimeSource.system())) {
      TaskId first = submitted(store, FIRST, new FirstNotes("ship it\nwrite tests"));
      TaskId second = submitted(store, SECOND, new SecondNotes("Plan", "ship it"));
      TaskId third = submitted(store, SUMMARY, new Brief("Retro", List.of("less")));
      try (Handoff now =
          Handoff.startByHand(
              store,
              List.of(SUMMARY.answeredBy((notes, task) -> notes.title() + notes.lines())),
              HandoffConfig.defaults(),
              Extensions.defaults().withCodec(new JacksonPayloadCodec()))) {
        now.runDue();

        assertThat(List.of(first, second, third))
            .map(id -> now.result(SUMMARY, store.find(id).orElseThrow()).orElseThrow())
            .containsExactly("Meeting[ship it, write tests]", "Plan[ship it]", "Retro[less]");
      }
    }
  }
}
