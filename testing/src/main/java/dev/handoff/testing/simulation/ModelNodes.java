package dev.handoff.testing.simulation;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import dev.handoff.testing.simulation.ModelTables.KnownNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

/// The nodes with their leases, and the rescue of tasks of dead nodes.
final class ModelNodes {
  private static final Failure LOST_TOO_OFTEN =
      new Failure(
          FailureKind.LOST,
          "The work was interrupted by a restart or a crash, each time it was tried.");

  private ModelNodes() {}

  static boolean join(ModelWrite write, Node node, Instant leaseUntil) {
    KnownNode member = new KnownNode(node.role(), ModelTimes.kept(leaseUntil), false);
    write.tables().put(node.id(), member);
    return true;
  }

  static boolean renew(ModelWrite write, NodeId node, Instant leaseUntil) {
    KnownNode member = write.tables().nodes().get(node);
    if (member == null) {
      return false;
    }
    Instant until = ModelTimes.kept(leaseUntil);
    write.tables().put(node, new KnownNode(member.role(), until, member.lost()));
    return true;
  }

  static boolean leave(ModelWrite write, NodeId node) {
    write.tables().remove(node);
    TaskEvent handedOver = new AttemptSnoozed(write.now(), "The work moves to another worker.");
    for (TaskId task : List.copyOf(write.tables().index().heldBy(node))) {
      var ignored = write.append(write.tables().known(task), List.of(handedOver));
    }
    return true;
  }

  static List<Lease> held(ModelTables tables, NodeId node) {
    List<Lease> leases = new ArrayList<>();
    for (TaskId task : tables.index().heldBy(node)) {
      if (tables.known(task).task().state() instanceof Processing(Lease lease, var ignored)) {
        leases.add(lease);
      }
    }
    return leases;
  }

  static boolean hasWorkers(ModelTables tables, Instant now) {
    return tables.nodes().values().stream()
        .anyMatch(node -> node.role() != Role.API && node.leaseUntil().isAfter(now));
  }

  /// Notes that the server saw the node's session end.
  static void lose(ModelTables tables, NodeId node) {
    KnownNode member = tables.nodes().get(node);
    if (member != null) {
      tables.put(node, new KnownNode(member.role(), member.leaseUntil(), true));
    }
  }

  /// Nodes whose lease ended by `lapsed` or whose session ended, except the caller.
  record ExpiredNodes(Instant lapsed, NodeId by) {}

  static RescueResult rescue(ModelWrite write, ExpiredNodes gone, int atMost) {
    ModelTables tables = write.tables();
    // Nodes first: one that comes back late finds itself unknown.
    for (Map.Entry<NodeId, KnownNode> each : List.copyOf(tables.nodes().entrySet())) {
      boolean lapsed = !each.getValue().leaseUntil().isAfter(gone.lapsed());
      if ((lapsed || each.getValue().lost()) && !each.getKey().equals(gone.by())) {
        tables.remove(each.getKey());
      }
    }
    int failed = 0;
    List<TaskId> orphans = orphans(tables, atMost);
    for (TaskId task : orphans) {
      ModelRow row = tables.known(task);
      int attempt = row.task().activity().attempt();
      boolean last = attempt >= row.task().activity().maxAttempts();
      TaskEvent event =
          last ? new TaskFailed(LOST_TOO_OFTEN) : new TaskRescued(attempt, write.now());
      var ignored = write.append(row, List.of(event));
      failed += last ? 1 : 0;
    }
    return new RescueResult(orphans.size() - failed, failed);
  }

  private static List<TaskId> orphans(ModelTables tables, int atMost) {
    List<TaskId> orphans = new ArrayList<>();
    for (Map.Entry<NodeId, NavigableSet<TaskId>> each : tables.index().held().entrySet()) {
      if (!tables.nodes().containsKey(each.getKey())) {
        orphans.addAll(each.getValue().stream().limit(atMost - orphans.size()).toList());
      }
    }
    return orphans;
  }
}
