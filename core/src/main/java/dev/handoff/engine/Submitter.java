package dev.handoff.engine;

import dev.handoff.EndListener;
import dev.handoff.Payload;
import dev.handoff.Policy;
import dev.handoff.Sharing;
import dev.handoff.StartPassedException;
import dev.handoff.Submission;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.Work;
import dev.handoff.store.NewTask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns a request into a task to be stored: encodes it with its version, and computes under which
/// keys equal tasks are found.
final class Submitter {
  private final Payloads payloads;
  private final TimeSource clock;
  private final TaskIds ids;
  private final EndListener ends;

  Submitter(Payloads payloads, EndListener ends, TimeSource clock, TaskIds ids) {
    this.payloads = payloads;
    this.ends = ends;
    this.clock = clock;
    this.ids = ids;
  }

  <Q> NewTask newTask(Work<Q> work) {
    return newTask(work, Optional.empty());
  }

  /// With the caller's own key, if there is one, which stands in the place of the type's [Sharing].
  <Q> NewTask newTask(Work<Q> work, Optional<String> ownKey) {
    TaskType<Q, ?> type = work.type();
    Payload request = payloads.writeRequest(type, work.request());
    Policy policy = type.policy();
    Submission submission = work.submission().through(policy.gates());
    Instant now = clock.instant();
    requireAhead(submission, now);
    return new NewTask(
        ids.next(),
        type.name(),
        submission,
        new RequestVersion(type.versions().current(), request).stored(),
        now,
        new NewTask.StoredPolicy(
            policy.retry().maxAttempts(), policy.retention(), ends.wants(type.name(), submission)),
        ownKey.map(key -> owned(work.submission(), key)).orElseGet(() -> equality(work, request)));
  }

  private static void requireAhead(Submission submission, Instant now) {
    Instant startBefore = submission.startBefore();
    if (startBefore != null && !startBefore.isAfter(now)) {
      throw new StartPassedException(startBefore, now);
    }
  }

  private static NewTask.Equality owned(Submission submission, String key) {
    MessageDigest digest = sha256();
    update(digest, submission.tenant());
    update(digest, submission.owner());
    update(digest, key);
    return NewTask.Equality.ofOwnKey(HexFormat.of().formatHex(digest.digest()));
  }

  private static <Q> NewTask.Equality equality(Work<Q> work, Payload payload) {
    TaskType<Q, ?> type = work.type();
    Submission submission = work.submission();
    Sharing sharing = type.policy().sharing();
    Optional<String> identity = type.identity().apply(work.request());
    if (sharing.equals(Sharing.NONE) || identity.isEmpty()) {
      return NewTask.Equality.NONE;
    }
    String same = identity.get().isEmpty() ? payload.text() : identity.get();
    String joinKey =
        switch (sharing.join()) {
          case NEVER -> null;
          case IDENTICAL -> key(type, Sharing.Scope.OWNER, submission, same);
          case REPLACING ->
              NewTask.Equality.REPLACING + key(type, Sharing.Scope.OWNER, submission, same);
        };
    String cacheKey =
        sharing.cacheFor().isZero() ? null : key(type, sharing.scope(), submission, same);
    return new NewTask.Equality(joinKey, cacheKey, sharing.cacheFor());
  }

  // Tasks without a tenant are not equal to each other across owners.
  private static boolean isOwners(Sharing.Scope scope, Submission submission) {
    return scope == Sharing.Scope.OWNER
        || (scope == Sharing.Scope.TENANT && submission.tenant() == null);
  }

  // Each part is preceded by its length, so different parts never give the same text.
  private static String key(
      TaskType<?, ?> type, Sharing.Scope scope, Submission submission, String same) {
    MessageDigest digest = sha256();
    int version = type.versions().current();
    update(digest, version == 1 ? type.name() : type.name() + "@" + version);
    update(digest, scope.name());
    update(digest, scope == Sharing.Scope.EVERYONE ? null : submission.tenant());
    update(digest, isOwners(scope, submission) ? submission.owner() : null);
    update(digest, same);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, @Nullable String part) {
    byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
    String length = part == null ? "-" : Integer.toString(bytes.length);
    digest.update((length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
