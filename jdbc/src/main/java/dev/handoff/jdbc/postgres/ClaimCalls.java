package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.GateLines;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.SqlWork;
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
  private final GatedClaims gated;
  private final GateLines lines;
  private final PostgresDelayed delayed;
  private final TaskWrites writes;

  public ClaimCalls(
      PostgresConnections connections,
      AfterCommit afterCommit,
      Claims claims,
      GateLines lines,
      PostgresDelayed delayed,
      TaskWrites writes) {
    this.connections = connections;
    this.afterCommit = afterCommit;
    this.claims = claims;
    this.lines = lines;
    this.gated = new GatedClaims(claims, lines);
    this.delayed = delayed;
    this.writes = writes;
  }

  public List<Claim> claim(ClaimRequest request) {
    List<String> types = request.rooms().stream().map(ClaimRequest.Room::type).toList();
    boolean promoted = delayed.promote(types);
    if (lines.isLookDue(afterCommit.now())) {
      var ignored = look(types);
    }
    List<Claim> claimed = claimReady(request);
    if (!claimed.isEmpty()) {
      return claimed;
    }
    boolean found = lines.isHinted() && look(types);
    boolean due = !promoted && delayed.promoteDue(types);
    return found || due ? claimReady(request) : claimed;
  }

  private boolean look(List<String> types) {
    return connections.use(session -> gated.look(session, types, afterCommit.now()));
  }

  private List<Claim> claimReady(ClaimRequest request) {
    if (lines.mayStart(request.rooms(), afterCommit.now())) {
      List<Claim> claimed = claimed(writing -> gated.claim(writing, request), true);
      if (!claimed.isEmpty()) {
        return claimed;
      }
    }
    return claimed(writing -> claims.claim(writing, request), false);
  }

  public Optional<Claim> claim(TaskId task, NodeId node) {
    Optional<Claim> claimed =
        claimed(writing -> claims.claim(writing, task, node), false).stream().findFirst();
    return claimed.isPresent()
        ? claimed
        : claimed(writing -> gated.claim(writing, task, node), true).stream().findFirst();
  }

  private List<Claim> claimed(Claims.Claiming claiming, boolean inTransaction) {
    Announcements announcements = new Announcements();
    SqlWork<List<Claims.Claimed>> claim =
        session -> claiming.in(new WriteTransaction(session, afterCommit.now(), announcements));
    List<Claims.Claimed> claimed =
        inTransaction ? connections.inTransaction(claim) : connections.use(claim);
    claimed.forEach(each -> writes.claimed(each.stored()));
    afterCommit.tellEvents(announcements);
    afterCommit.tellWhatFollows(announcements);
    return claimed.stream().map(Claims.Claimed::claim).toList();
  }
}
