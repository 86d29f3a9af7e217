package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.GateLimits;
import dev.handoff.Submission;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Random work through a few gates, against what may run by their limits: never more, and never a
/// free slot while a task waits whose gates have room.
interface GateModelContract extends StoreContract {
  List<String> NAMES = List.of("provider:openai", "provider:ollama", "tenant:7");
  int COMMANDS = 150;

  @Test
  default void randomWorkNeverPassesAGatesLimitAndLeavesNoRoomUnused() {
    for (long seed : new long[] {1, 2}) {
      GatedRun run = new GatedRun(this, seed);
      NAMES.forEach(run::limit);
      for (int command = 0; command < COMMANDS; command++) {
        run.next();
      }
      run.end();
    }
  }

  /// One run, with what is known of it. Confined to one thread.
  final class GatedRun {
    private final StoreContract contract;
    private final RandomGenerator random;
    private final long seed;
    private final Map<TaskId, List<String>> waiting = new LinkedHashMap<>();
    private final Map<TaskId, Claim> running = new LinkedHashMap<>();
    private final Map<TaskId, Instant> later = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, Instant> closed = new HashMap<>();

    private GatedRun(StoreContract contract, long seed) {
      this.contract = contract;
      this.seed = seed;
      this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private void next() {
      int dice = random.nextInt(100);
      if (dice < 30) {
        submit();
      } else if (dice < 55) {
        claim();
      } else if (dice < 75) {
        endOne();
      } else if (dice < 80) {
        limit(gate());
      } else if (dice < 86) {
        close();
      } else if (dice < 90) {
        open();
      } else if (dice < 94) {
        cancelOne();
      } else {
        contract.clock().advance(Duration.ofMillis(random.nextInt(4_000)));
      }
    }

    private String gate() {
      return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Instant now() {
      return contract.clock().instant();
    }

    private void submit() {
      for (int i = random.nextInt(6); i >= 0; i--) {
        Set<String> gates = new LinkedHashSet<>();
        for (int j = random.nextInt(4); j > 0; j--) {
          gates.add(gate());
        }
        String type = random.nextBoolean() ? "chat" : "video";
        Submission through = Submission.by("asha@demo.test").through(gates);
        TaskId id = contract.submitted(aTask().ofType(type).with(through));
        waiting.put(id, through.gates());
      }
    }

    private void claim() {
      int slots = 1 + random.nextInt(6);
      int started;
      do {
        started = claimOnce(slots);
        slots -= started;
      } while (started > 0 && slots > 0);
      for (List<String> gates : waiting.values()) {
        assertThat(contract.store().gates().holding(gates).isEmpty())
            .as("seed %s: room in %s", seed, gates)
            .isEqualTo(gates.stream().allMatch(this::hasRoom));
      }
      if (slots > 0) {
        assertThat(waiting.keySet()).as("seed %s left these", seed).noneMatch(this::mayStart);
      }
    }

    private int claimOnce(int slots) {
      List<Room> rooms = List.of(new Room("chat", slots), new Room("video", slots));
      List<Claim> claims = contract.store().claim(new ClaimRequest(NODE, rooms, slots));
      assertThat(claims).as("seed %s", seed).hasSizeLessThanOrEqualTo(slots);
      for (Claim claim : claims) {
        TaskId id = claim.lease().task();
        assertThat(mayStart(id)).as("seed %s: %s", seed, claim.submission().gates()).isTrue();
        waiting.remove(id);
        running.put(id, claim);
      }
      return claims.size();
    }

    private boolean mayStart(TaskId id) {
      boolean due = !later.getOrDefault(id, Instant.MIN).isAfter(now());
      return due && waiting.getOrDefault(id, List.of()).stream().allMatch(this::hasRoom);
    }

    private boolean hasRoom(String gate) {
      long holding =
          running.values().stream()
              .filter(claim -> claim.submission().gates().contains(gate))
              .count();
      return holding < limits.getOrDefault(gate, Integer.MAX_VALUE)
          && !closed.getOrDefault(gate, Instant.MIN).isAfter(now());
    }

    private void endOne() {
      if (running.isEmpty()) {
        return;
      }
      List<Claim> claims = new ArrayList<>(running.values());
      Claim claim = claims.get(random.nextInt(claims.size()));
      TaskId id = claim.lease().task();
      running.remove(id);
      if (random.nextInt(3) == 0) {
        Instant until = now().plusMillis(random.nextInt(2_000));
        assertThat(contract.append(claim, new AttemptSnoozed(until, "later"))).isTrue();
        waiting.put(id, claim.submission().gates());
        later.put(id, until);
      } else {
        assertThat(contract.complete(claim, "\"done\"")).isTrue();
      }
    }

    private void cancelOne() {
      if (!running.isEmpty()) {
        TaskId id = running.keySet().iterator().next();
        running.remove(id);
        assertThat(contract.store().cancel(id, "no more")).isTrue();
      }
    }

    private void limit(String gate) {
      int limit = 1 + random.nextInt(3);
      contract.store().gates().set(gate, GateLimits.concurrency(limit));
      limits.put(gate, limit);
    }

    private void close() {
      String gate = gate();
      Instant until = now().plusMillis(random.nextInt(5_000));
      contract.store().gates().close(gate, until, "busy");
      closed.put(gate, until);
    }

    private void open() {
      String gate = gate();
      contract.store().gates().open(gate);
      closed.remove(gate);
    }

    private void end() {
      NAMES.forEach(contract.store().gates()::remove);
      List.copyOf(waiting.keySet()).forEach(id -> contract.store().cancel(id, "over"));
      running.keySet().forEach(id -> contract.store().cancel(id, "over"));
    }
  }
}
