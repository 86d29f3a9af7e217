package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.store.ChangeQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

interface OwnerReadsContract extends StoreContract {
  private List<TaskId> changes(TaskOwner owner, Instant since) {
    return store().changes(ChangeQuery.of(owner, since), TaskQuery.PAGE_LIMIT).stream()
        .map(TaskSummary::id)
        .toList();
  }

  private static TaskDraft by(String owner) {
    return aTask().with(Submission.by(owner));
  }

  @Test
  default void findsWhatIsOpenAndWhatChangedSince() {
    TaskOwner asha = new TaskOwner("asha", null);
    TaskId open = submitted(by("asha"));
    TaskId doneBefore = submitted(by("asha"));
    complete(claimed(doneBefore), "done");
    clock().advance(Duration.ofMinutes(1));
    Instant since = clock().instant();
    TaskId doneSince = submitted(by("asha"));
    complete(claimed(doneSince), "done");
    submitted(by("ben"));
    submitted(by("asha").inTenant("school"));

    assertThat(changes(asha, since)).containsExactly(doneSince, open);
    assertThat(changes(asha, since.minusSeconds(60))).containsExactly(doneSince, doneBefore, open);
    assertThat(changes(asha, since.plusMillis(1))).containsExactly(open);
    assertThat(changes(new TaskOwner("asha", "school"), since)).hasSize(1);
    assertThat(changes(new TaskOwner("nobody", null), Instant.EPOCH)).isEmpty();
  }

  @Test
  default void readsChangesPageByPage() {
    List<TaskId> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(submitted(by("asha")));
    }
    Collections.reverse(all);
    ChangeQuery query = ChangeQuery.of(new TaskOwner("asha", null), clock().instant());

    List<TaskSummary> first = store().changes(query, 3);
    List<TaskSummary> second = store().changes(query.after(first.getLast().id()), 3);

    assertThat(first).extracting(TaskSummary::id).isEqualTo(all.subList(0, 3));
    assertThat(second).extracting(TaskSummary::id).isEqualTo(all.subList(3, 5));
    assertThatThrownBy(() -> store().changes(query, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void findsTheNewestOfManyOwners() {
    TaskId before = submitted(by("asha"));
    TaskId ashas = submitted(by("asha"));
    submitted(by("ben"));
    TaskId caras = submitted(by("cara").inTenant("school"));
    List<String> owners = List.of("asha", "cara", "nobody");

    assertThat(store().newest(owners, before, 10)).containsExactly(ashas, caras);
    assertThat(store().newest(owners, before, 1)).containsExactly(ashas);
    assertThat(store().newest(owners, caras, 10)).isEmpty();
    assertThat(store().newest(List.of(), before, 10)).isEmpty();
  }

  @Test
  default void findsTheNewestWhateverTheOwnersAreNamed() {
    for (String text : HostileTexts.all()) {
      if (!text.isBlank() && text.length() <= 200 && text.indexOf('\0') < 0) {
        TaskId id = submitted(by(text));
        assertThat(store().newest(List.of(text), TaskId.firstAt(Instant.EPOCH), 10))
            .containsExactly(id);
      }
    }
  }

  @Test
  default void readsManyAsTheyStand() {
    TaskId open = submitted(aTask());
    TaskId done = submitted(aTask().keptFor(Duration.ofHours(1)));
    complete(claimed(done), "done");
    TaskId unknown = TaskId.firstAt(clock().instant());

    assertThat(store().summaries(List.of(open, done, unknown)))
        .containsExactlyInAnyOrder(TaskSummary.of(task(open)), TaskSummary.of(task(done)));
    clock().advance(Duration.ofHours(1));
    assertThat(store().summaries(List.of(open, done)))
        .extracting(TaskSummary::id)
        .containsExactly(open);
    assertThat(store().summaries(List.of())).isEmpty();
  }
}
