package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Submission;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.store.Claim;
import dev.handoff.store.NewTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface ListContract extends StoreContract {
  private List<TaskId> listed(TaskQuery query) {
    return ids(store().list(query, Optional.empty(), TaskQuery.PAGE_LIMIT));
  }

  private static List<TaskId> ids(List<TaskSummary> tasks) {
    return tasks.stream().map(TaskSummary::id).toList();
  }

  private static TaskDraft by(String owner) {
    return aTask().with(Submission.by(owner));
  }

  private List<TaskId> submitMany(int count, TaskDraft draft) {
    List<NewTask> tasks =
        IntStream.range(0, count).mapToObj(ignored -> draft.at(clock().instant())).toList();
    store().submit(tasks);
    List<TaskId> ids = new ArrayList<>(tasks.stream().map(NewTask::id).toList());
    Collections.reverse(ids);
    return ids;
  }

  @Test
  default void showsTheNewestFirstPageByPage() {
    List<TaskId> all = submitMany(5, aTask());
    TaskQuery query = TaskQuery.EVERYTHING;

    List<TaskSummary> first = store().list(query, Optional.empty(), 2);
    assertThat(ids(first)).isEqualTo(all.subList(0, 2));
    // What comes meanwhile moves nothing.
    clock().advance(Duration.ofMillis(1));
    TaskId newest = submitted(aTask());
    List<TaskSummary> second = store().list(query, Optional.of(first.getLast().id()), 2);
    assertThat(ids(second)).isEqualTo(all.subList(2, 4));
    List<TaskSummary> third = store().list(query, Optional.of(second.getLast().id()), 2);
    assertThat(ids(third)).isEqualTo(all.subList(4, 5));

    assertThat(store().list(query, Optional.of(all.getLast()), 2)).isEmpty();
    assertThat(listed(query)).startsWith(newest).hasSize(6);
  }

  @Test
  default void showsEachTaskAsItStands() {
    submitted(aTask().inTenant("school").startingAt(clock().instant().plusSeconds(60)));
    claimed(aTask());
    complete(claimed(aTask()), "done");
    append(claimed(aTask()), new TaskFailed(new Failure(FailureKind.ERROR, "no luck")));
    store().cancel(submitted(aTask()), "not needed");
    Claim retried = claimed(aTask());
    append(retried, new TaskFailed(new Failure(FailureKind.ERROR, "no luck")));
    store().retry(retried.lease().task());

    List<TaskSummary> listed = store().list(TaskQuery.EVERYTHING, Optional.empty(), 10);

    assertThat(listed).hasSize(6);
    listed.forEach(summary -> assertThat(summary).isEqualTo(TaskSummary.of(task(summary.id()))));
    assertThat(listed)
        .extracting(TaskSummary::status)
        .containsExactly(
            TaskStatus.QUEUED,
            TaskStatus.CANCELLED,
            TaskStatus.FAILED,
            TaskStatus.COMPLETED,
            TaskStatus.PROCESSING,
            TaskStatus.QUEUED);
  }

  @Test
  default void asksForAnOwnersAndATenantsTasks() {
    TaskId ashas = submitted(by("asha"));
    TaskId ashasAtSchool = submitted(by("asha").inTenant("school"));
    TaskId bensAtSchool = submitted(by("ben").inTenant("school"));

    assertThat(listed(TaskQuery.by("asha"))).containsExactly(ashasAtSchool, ashas);
    assertThat(listed(TaskQuery.EVERYTHING.inTenant("school")))
        .containsExactly(bensAtSchool, ashasAtSchool);
    assertThat(listed(TaskQuery.by("asha").inTenant("school"))).containsExactly(ashasAtSchool);
    assertThat(listed(TaskQuery.by("ben").inTenant("elsewhere"))).isEmpty();
    assertThat(listed(TaskQuery.by("Asha"))).isEmpty();
  }

  @Test
  default void asksForSubjectTypeAndState() {
    TaskId chat = submitted(aTask());
    TaskId lesson = submitted(aTask().with(Submission.by("asha").about("lesson-7")));
    TaskId video = claimed(aTask().ofType("video")).lease().task();
    TaskId done = submitted(aTask().ofType("video"));
    complete(claimed(done), "done");

    assertThat(listed(TaskQuery.EVERYTHING.about("lesson-7"))).containsExactly(lesson);
    assertThat(listed(TaskQuery.EVERYTHING.ofType("video"))).containsExactly(done, video);
    assertThat(listed(TaskQuery.EVERYTHING.in(Set.of(TaskStatus.QUEUED))))
        .containsExactly(lesson, chat);
    assertThat(
            listed(
                TaskQuery.EVERYTHING
                    .ofType("video")
                    .in(Set.of(TaskStatus.COMPLETED, TaskStatus.FAILED))))
        .containsExactly(done);
  }

  @Test
  default void asksForATimeOfCreation() {
    Instant nine = clock().instant();
    TaskId first = submitted(aTask());
    clock().advance(Duration.ofMinutes(1));
    TaskId second = submitted(aTask());
    clock().advance(Duration.ofMinutes(1));
    TaskId third = submitted(aTask());
    Instant minuteLater = nine.plusSeconds(60);

    assertThat(listed(TaskQuery.EVERYTHING.from(minuteLater))).containsExactly(third, second);
    assertThat(listed(TaskQuery.EVERYTHING.until(minuteLater))).containsExactly(first);
    assertThat(listed(TaskQuery.EVERYTHING.from(minuteLater).until(minuteLater.plusMillis(1))))
        .containsExactly(second);
    assertThat(ids(store().list(TaskQuery.EVERYTHING.until(minuteLater), Optional.of(third), 10)))
        .containsExactly(first);
    assertThat(listed(TaskQuery.EVERYTHING.from(Instant.MIN).until(Instant.MAX))).hasSize(3);
  }

  @Test
  default void leavesOutWhatHasExpired() {
    TaskId open = submitted(aTask());
    complete(claimed(aTask().keptFor(Duration.ofHours(1))), "done");
    assertThat(listed(TaskQuery.EVERYTHING)).hasSize(2);

    clock().advance(Duration.ofHours(1));

    assertThat(listed(TaskQuery.EVERYTHING)).containsExactly(open);
  }

  @Test
  default void takesAnyNameForWhatItIs() {
    for (String text : HostileTexts.all()) {
      if (!text.isBlank() && text.length() <= 200) {
        TaskId id = submitted(by(text).inTenant(text));
        assertThat(listed(TaskQuery.by(text).inTenant(text))).containsExactly(id);
      }
    }
  }

  @Test
  default void boundsItsPages() {
    List<TaskId> all = submitMany(TaskQuery.PAGE_LIMIT + 1, aTask());

    assertThat(listed(TaskQuery.EVERYTHING)).isEqualTo(all.subList(0, TaskQuery.PAGE_LIMIT));
    for (int size : List.of(Integer.MIN_VALUE, 0, TaskQuery.PAGE_LIMIT + 1)) {
      assertThatThrownBy(() -> store().list(TaskQuery.EVERYTHING, Optional.empty(), size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 200");
    }
  }

  @Test
  default void findsManyByTheirIds() {
    TaskId done = submitted(aTask());
    complete(claimed(done), "done");
    TaskId gone = submitted(aTask().keptFor(Duration.ofHours(1)));
    complete(claimed(gone), "done");
    TaskId open = submitted(aTask());
    clock().advance(Duration.ofHours(1));

    List<TaskSummary> found =
        store().findAll(List.of(open, done, open, gone, TaskId.firstAt(clock().instant())));

    assertThat(found)
        .containsExactlyInAnyOrder(TaskSummary.of(task(done)), TaskSummary.of(task(open)));
    assertThat(store().findAll(List.of())).isEmpty();
  }

  @Test
  default void boundsHowManyAreFoundAtOnce() {
    List<TaskId> all = submitMany(TaskQuery.AT_ONCE + 1, aTask());

    assertThat(store().findAll(all.subList(0, TaskQuery.AT_ONCE))).hasSize(TaskQuery.AT_ONCE);
    assertThatThrownBy(() -> store().findAll(all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 1000");
  }
}
