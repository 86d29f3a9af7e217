package dev.handoff.jdbc;

import dev.handoff.jdbc.LosingProxy.Direction;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Draws from the seed what happens to the processes of [ChaosTest], to their database, and to the
/// way between them. Used by one thread.
final class ChaosStorm {
  private static final List<String> ANSWERS = List.of("COMMIT", "INSERT 0 1", "SELECT 1");

  private final ChaosCluster cluster;
  private final ChaosServer server;
  private final LosingProxy api;
  private final Random random;
  private final Duration longest;
  private final Deque<Fault> planned = new ArrayDeque<>();
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private final List<Swallowing> swallowing = new ArrayList<>();
  private int missed;

  private record Swallowing(LosingProxy proxy, long until) {}

  /// `api` is the way of the node that submits; `longest` bounds what lasts.
  ChaosStorm(
      ChaosCluster cluster, ChaosServer server, LosingProxy api, Random random, Duration longest) {
    this.cluster = cluster;
    this.server = server;
    this.api = api;
    this.random = random;
    this.longest = longest;
    for (Fault each : Fault.values()) {
      counts.put(each, 0);
    }
  }

  private enum Fault {
    KILL(2),
    FREEZE(2),
    CUT(1),
    CUT_SOME(1),
    CRASH(1),
    HANG_COMMITS(1),
    REFUSE_LOGINS(1),
    CANCEL_STATEMENTS(1),
    LOCK_ROWS(1),
    FREEZE_SERVER(1),
    ONE_WAY_LOSS(1),
    LOSE_ANSWER(2),
    FULL_DISK(1);

    private final int times;

    Fault(int times) {
      this.times = times;
    }
  }

  /// One of the things that happen; each of them among the first few.
  void strike() throws IOException, InterruptedException {
    relieve(System.nanoTime());
    if (planned.isEmpty()) {
      plan();
    }
    Fault blow = planned.remove();
    try {
      strike(blow);
      counts.merge(blow, 1, Integer::sum);
    } catch (SQLException away) {
      // One blow at a time is enough: the server is down or full by another one.
      missed++;
    }
  }

  private void plan() {
    List<Fault> blows = new ArrayList<>();
    for (Fault each : Fault.values()) {
      if (each != Fault.FULL_DISK || server.canBeFull()) {
        blows.addAll(Collections.nCopies(each.times, each));
      }
    }
    Collections.shuffle(blows, random);
    if (counts.getOrDefault(Fault.KILL, 0) == 0) {
      // A short storm on a slow machine gets no further than the first few, and what is killed
      // while it works is what the others have to rescue.
      blows.removeAll(List.of(Fault.KILL));
      blows.add(1, Fault.KILL);
      blows.add(3, Fault.KILL);
    }
    planned.addAll(blows);
  }

  private void strike(Fault blow) throws IOException, InterruptedException, SQLException {
    Duration time = Duration.ofMillis(random.nextLong(300, longest.toMillis()));
    switch (blow) {
      case KILL -> cluster.kill();
      case FREEZE -> cluster.freeze();
      case CUT -> server.cut();
      case CUT_SOME -> server.cut(random.nextBoolean() ? "handoff" : "handoff session");
      case CRASH -> server.crash();
      case HANG_COMMITS -> server.hangCommits(time);
      case REFUSE_LOGINS -> server.refuseLogins(time, random.nextBoolean());
      case CANCEL_STATEMENTS -> server.cancelSlowStatements(time, random.nextLong(1, 30));
      case LOCK_ROWS -> server.lockRows(time, random.nextBoolean());
      case FREEZE_SERVER -> server.freeze(time.dividedBy(2));
      case ONE_WAY_LOSS -> {
        LosingProxy proxy = proxy();
        proxy.swallow(random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT);
        swallowing.add(new Swallowing(proxy, System.nanoTime() + time.toNanos()));
      }
      case LOSE_ANSWER -> proxy().lose(ANSWERS.get(random.nextInt(ANSWERS.size())));
      case FULL_DISK -> server.fillDisk(time);
    }
  }

  private LosingProxy proxy() {
    return random.nextInt(3) == 0 ? api : cluster.proxy();
  }

  private void relieve(long now) throws IOException, InterruptedException {
    cluster.thaw(now);
    for (Swallowing each : List.copyOf(swallowing)) {
      if (each.until() <= now) {
        each.proxy().restore();
        swallowing.remove(each);
      }
    }
    server.relieve(now);
  }

  /// From now on nothing happens any more.
  void calm() throws IOException, InterruptedException {
    relieve(Long.MAX_VALUE);
    server.calm();
  }

  String summary() {
    return counts.entrySet().stream()
            .map(each -> each.getKey().name().toLowerCase(Locale.ROOT) + "=" + each.getValue())
            .collect(Collectors.joining(" "))
        + " missed="
        + missed;
  }
}
