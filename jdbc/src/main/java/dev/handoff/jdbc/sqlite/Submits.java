package dev.handoff.jdbc.sqlite;

import dev.handoff.Payload;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.JoinCandidate;
import dev.handoff.jdbc.row.NewRow;
import dev.handoff.jdbc.row.QueueKey;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.NewTask;
import dev.handoff.store.NewTask.Equality;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stores new tasks, or joins them to equal ones.
public final class Submits {
  private static final String SELECT_JOINABLE =
      """
      select %s from handoff_task
      where join_key = :join_key and state in ('queued', 'processing')
      """
          .formatted(JoinCandidate.COLUMNS);

  private static final String SELECT_OF_OWN_KEY =
      """
      select %s from handoff_task
      where join_key = :join_key and substr(join_key, 1, 4) = 'key:'
      """
          .formatted(JoinCandidate.COLUMNS);

  /// Removes the join key, so that equal tasks join another one.
  private static final String RELEASE_KEY =
      "update handoff_task set join_key = null where id = :id";

  private static final String SELECT_CACHED =
      """
      select result from handoff_task
      where cache_key = :cache_key and state = 'completed' and finished_at >= :since
        and expires_at > :now
      order by finished_at desc
      limit 1
      """;

  private final FairShare fairShare;
  private final LateTasks late;

  public Submits(FairShare fairShare, LateTasks late) {
    this.fairShare = fairShare;
    this.late = late;
  }

  public List<SubmitResult> submit(WriteTransaction writing, List<NewTask> tasks)
      throws SQLException {
    List<SubmitResult> answers = new ArrayList<>(tasks.size());
    for (NewTask task : tasks) {
      answers.add(submit(writing, task));
    }
    return answers;
  }

  private SubmitResult submit(WriteTransaction writing, NewTask given) throws SQLException {
    SqlSession session = writing.session();
    Instant now = writing.now();
    Announcements announcements = writing.announcements();
    Optional<JoinCandidate> open = findJoinable(session, given.equality());
    if (open.isPresent() && open.get().serves(given, now)) {
      return new SubmitResult(open.get().id(), SubmitOrigin.JOINED);
    }
    Optional<Payload> cached = findCached(session, given.equality(), now);
    NewRow row =
        cached.isPresent()
            ? NewRow.cached(given, cached.get(), now)
            : NewRow.waiting(given, this::turn, now);
    if (open.isPresent() && row.isWork()) {
      takeOver(writing, open.get(), given);
    }
    TaskTable.insert(session, row);
    late.note(given.submission().startBefore());
    EventTable.append(session, given.id(), row.events());
    row.announce(announcements);
    return new SubmitResult(
        given.id(), cached.isPresent() ? SubmitOrigin.CACHED : SubmitOrigin.NEW);
  }

  // From now on equal tasks meet the new one.
  private void takeOver(WriteTransaction writing, JoinCandidate open, NewTask given)
      throws SQLException {
    SqlSession session = writing.session();
    if (!given.equality().replaces() || !open.waits()) {
      session.sql(RELEASE_KEY).set("id", open.id().toString()).update();
      return;
    }
    Optional<StoredTask> waiting = TaskTable.open(session, open.id());
    if (waiting.isPresent()
        && TaskWrites.apply(
            writing, waiting.get(), List.of(TaskCancelled.replacedBy(given.id())))) {
      fairShare.gaveUp(waiting.get().task());
    }
  }

  private long turn(NewTask given) {
    return fairShare.next(
        QueueKey.of(given.type(), given.submission()), given.submission().tenant());
  }

  private static Optional<JoinCandidate> findJoinable(SqlSession session, Equality equality)
      throws SQLException {
    if (equality.hasOwnKey()) {
      return session
          .sql(SELECT_OF_OWN_KEY)
          .set("join_key", equality.joinKey())
          .first(JoinCandidate::read);
    }
    return equality.joinKey() == null
        ? Optional.empty()
        : session
            .sql(SELECT_JOINABLE)
            .set("join_key", equality.joinKey())
            .first(JoinCandidate::read);
  }

  private static Optional<Payload> findCached(SqlSession session, Equality equality, Instant now)
      throws SQLException {
    Duration cacheFor = equality.cacheFor();
    return equality.cacheKey() == null || cacheFor.isZero()
        ? Optional.empty()
        : session
            .sql(SELECT_CACHED)
            .set("cache_key", equality.cacheKey())
            .set("since", now.minusMillis(Millis.of(cacheFor)))
            .set("now", now)
            .first(row -> new Payload(row.text("result")));
  }
}
