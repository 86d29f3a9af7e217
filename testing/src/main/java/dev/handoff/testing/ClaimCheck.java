package dev.handoff.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.store.Claim;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    for (ModelTask left : due) {
      if (!chosen.contains(left)) {
        assertRightlyLeft(left, chosen, rooms);
      }
    }
    claims.forEach(this::start);
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

  private static void assertRightlyLeft(
      ModelTask left, Set<ModelTask> chosen, Map<String, Integer> rooms) {
    String type = left.given().type();
    boolean full = countOf(type, chosen) == rooms.getOrDefault(type, 0);
    for (ModelTask taken : chosen) {
      boolean lower =
          taken.given().submission().priority().compareTo(left.given().submission().priority()) < 0;
      assertThat(lower && (!full || taken.given().type().equals(type)))
          .as("%s was taken before %s of a higher priority", taken.id(), left.id())
          .isFalse();
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
