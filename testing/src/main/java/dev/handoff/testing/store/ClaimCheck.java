package dev.handoff.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Whether claims are ones that a store may give. It may choose among tenants as it likes, since
/// stores share differently; everything else is fixed.
final class ClaimCheck {
  private final TaskStoreModel model;
  private final NodeId node;
  private final Instant now;

  ClaimCheck(TaskStoreModel model, NodeId node, Instant now) {
    this.model = model;
    this.node = node;
    this.now = now;
  }

  /// Checks the claims, then starts their attempts in the model.
  void check(Map<String, Integer> rooms, int atMost, List<Claim> claims) {
    if (!model.knows(node)) {
      assertThat(claims).isEmpty();
      return;
    }
    List<ModelTask> due =
        model.all(task -> task.isDue(now) && rooms.containsKey(task.given().type()));
    assertThat(claims).hasSize(Math.min(atMost, fitting(rooms, due)));
    Set<ModelTask> chosen = new HashSet<>();
    claims.forEach(claim -> chosen.add(model.get(claim.lease().task())));
    assertThat(chosen).hasSameSizeAs(claims).isSubsetOf(due);
    assertThat(claims)
        .extracting(claim -> claim.submission().priority())
        .isSortedAccordingTo(Comparator.reverseOrder());
    List<ModelTask> left = due.stream().filter(task -> !chosen.contains(task)).toList();
    for (String type : rooms.keySet()) {
      assertFew(
          chosen.stream().filter(task -> task.given().type().equals(type)),
          left.stream().filter(task -> task.given().type().equals(type)).toList(),
          // An owed place of all types may go to a lower priority of any type.
          model.places().owed(type, Math.min(atMost, rooms.get(type)))
              + model.places().owed(ModelPlaces.ANY, atMost));
    }
    assertFew(chosen.stream(), withRoom(left, chosen, rooms), allOwed(rooms, atMost));
    left.forEach(task -> assertOldestFirst(task, chosen));
    model.places().given(rooms, atMost, chosen);
    claims.forEach(this::start);
  }

  private static List<ModelTask> withRoom(
      List<ModelTask> left, Set<ModelTask> chosen, Map<String, Integer> rooms) {
    return left.stream()
        .filter(task ->
            countOf(task.given().type(), chosen) < rooms.getOrDefault(task.given().type(), 0))
        .toList();
  }

  private int allOwed(Map<String, Integer> rooms, int atMost) {
    int ofTypes =
        rooms.entrySet().stream()
            .mapToInt(room -> model.places().owed(room.getKey(), Math.min(atMost, room.getValue())))
            .sum();
    return ofTypes + model.places().owed(ModelPlaces.ANY, atMost);
  }

  /// Only so many were taken before one of a higher priority, and none that was submitted just now.
  private void assertFew(Stream<ModelTask> chosen, List<ModelTask> left, int owed) {
    List<ModelTask> early =
        chosen.filter(taken -> left.stream().anyMatch(other -> isLower(taken, other))).toList();
    assertThat(early)
        .as("taken before others of a higher priority")
        .hasSizeLessThanOrEqualTo(owed)
        .allMatch(task -> task.id().compareTo(TaskId.firstAt(now.minusSeconds(5))) < 0);
  }

  private static boolean isLower(ModelTask one, ModelTask other) {
    return one.given().submission().priority().compareTo(other.given().submission().priority()) < 0;
  }

  private static int fitting(Map<String, Integer> rooms, List<ModelTask> due) {
    return rooms.entrySet().stream()
        .mapToInt(room -> Math.min(room.getValue(), countOf(room.getKey(), due)))
        .sum();
  }

  private static int countOf(String type, Iterable<ModelTask> tasks) {
    int count = 0;
    for (ModelTask task : tasks) {
      count += task.given().type().equals(type) ? 1 : 0;
    }
    return count;
  }

  private static void assertOldestFirst(ModelTask left, Set<ModelTask> chosen) {
    for (ModelTask taken : chosen) {
      boolean younger = taken.isInLineWith(left) && taken.id().compareTo(left.id()) > 0;
      assertThat(younger && taken.isFresh() && left.isFresh())
          .as("%s was taken before %s, which is older", taken.id(), left.id())
          .isFalse();
    }
  }

  /// Checks one claim against the task as it was, then starts the attempt in the model.
  void start(Claim claim) {
    ModelTask task = model.get(claim.lease().task());
    // How far a fence grows is the store's to decide.
    Lease lease = new Lease(task.id(), node, claim.lease().fence());
    assertThat(lease.fence()).isGreaterThan(task.fence());
    int attempt = task.task().activity().attempt() + 1;
    assertThat(claim)
        .isEqualTo(
            new Claim(
                lease,
                task.given().type(),
                task.given().submission(),
                attempt,
                task.task().activity().maxAttempts(),
                task.round(),
                now,
                task.given().request(),
                task.task().activity().lastEvent() + 1));
    task.add(new AttemptStarted(attempt, lease), now);
  }
}
