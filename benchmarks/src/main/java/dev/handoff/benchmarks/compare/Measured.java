package dev.handoff.benchmarks.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/// A process that measures one thing on one engine, started by [Compare]: the engine's name, the
/// address of its store, the measurement's name. Its figures go to standard output.
public final class Measured {
  private interface Measure {
    void run() throws Exception;
  }

  private Measured() {}

  /// Measures and ends the process, 0 when all went well.
  public static void main(String[] arguments) {
    try {
      measurement(peer(arguments[0], arguments[1]), arguments[2]).run();
      System.out.flush();
      // Not waiting for anybody's threads: the figures are told and the store is thrown away.
      Runtime.getRuntime().halt(0);
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static Peer peer(String name, String address) throws Exception {
    return switch (name) {
      case "handoff" -> HandoffPeer.on(address);
      case "handoff-pooled" -> HandoffPeer.behindPooler(address);
      case "handoff-embedded" -> HandoffPeer.embedded(address);
      case "jobrunr" -> new JobRunrPeer(address);
      case "db-scheduler" -> new DbSchedulerPeer(address);
      default -> throw new IllegalArgumentException("no peer " + name);
    };
  }

  private static Measure measurement(Peer peer, String name) {
    Coordinator coordinator = Coordinator.connect();
    Measurements common = new Measurements(peer, coordinator);
    Map<String, Measure> all = new LinkedHashMap<>();
    all.put("submit", common::submit);
    all.put("drain", common::drain);
    all.put("fill", common::fill);
    all.put("latency", common::latency);
    all.put("waiting", common::waiting);
    all.put("reads", common::reads);
    all.put("hold", common::hold);
    all.put("take", common::take);
    if (peer instanceof HandoffPeer handoff) {
      HandoffMeasurements alone = new HandoffMeasurements(handoff, common, coordinator);
      all.put("finish-some", alone::finishSome);
      all.put("pile-up", alone::pileUp);
      all.put("flat", alone::flat);
      all.put("share", alone::share);
      all.put("pick", alone::pick);
      all.put("submit-for-others", alone::submitForOthers);
    }
    Measure chosen = all.get(name);
    if (chosen == null) {
      throw new IllegalArgumentException("name one of " + all.keySet());
    }
    return chosen;
  }
}
