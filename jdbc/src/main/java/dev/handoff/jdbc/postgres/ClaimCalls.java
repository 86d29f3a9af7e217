package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import java.util.List;
import java.util.Optional;

/// The store's calls that claim tasks. Delayed tasks that are due take their turns before a claim.
/// Safe for use by many threads.
public final class ClaimCalls {
  private final PostgresConnections connections;
  private final AfterCommit afterCommit;
  private final Claims claims;
  private final PostgresDelayed delayed;
  private final TaskWrites writes;

  public ClaimCalls(
      PostgresConnections connections,
      AfterCommit afterCommit,
      Claims claims,
      PostgresDelayed delayed,
      TaskWrites writes) {
    this.connections = connections;
    this.afterCommit = afterCommit;
    this.claims = claims;
    this.delayed = delayed;
    this.writes = writes;
  }

  public List<Claim> claim(ClaimRequest request) {
    List<String> types = request.rooms().stream().map(ClaimRequest.Room::type).toList();
    boolean promoted = delayed.promote(types);
    List<Claim> claimed = claimReady(request);
    return claimed.isEmpty() && !promoted && delayed.promoteDue(types)
        ? claimReady(request)
        : claimed;
  }

  private List<Claim> claimReady(ClaimRequest request) {
    return claimed(writing -> claims.claim(writing, request));
  }

  public Optional<Claim> claim(TaskId task, NodeId node) {
    return claimed(writing -> claims.claim(writing, task, node)).stream().findFirst();
  }

  private List<Claim> claimed(Claims.Claiming claiming) {
    Announcements announcements = new Announcements();
    List<Claims.Claimed> claimed =
        connections.use(session ->
            claiming.in(new WriteTransaction(session, afterCommit.now(), announcements)));
    claimed.forEach(each -> writes.claimed(each.stored()));
    afterCommit.tellEvents(announcements);
    afterCommit.tellWhatFollows(announcements);
    return claimed.stream().map(Claims.Claimed::claim).toList();
  }
}
