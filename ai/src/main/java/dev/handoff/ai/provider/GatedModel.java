package dev.handoff.ai.provider;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.Gates;
import dev.handoff.Gates.Closing;
import dev.handoff.StoreUnavailableException;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.TokenListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A model behind the gate `provider:<name>`, which all nodes share. When the provider refuses a
/// call because of its rate, or says when it is back, the gate is closed for that long, and no node
/// calls it before. A refusal that names no time closes it for 1 s, then 2 s, 4 s, up to 60 s,
/// until a call succeeds.
///
/// Calls while the gate is closed wait for it if it opens within their patience. Others fail at
/// once and are not sent, with the rest of the wait as their `Retry-After`; so a task costs no
/// attempt. Each call reads the gate's row, a waiting one every 250 ms. Safe for use by many
/// threads.
public final class GatedModel implements AiModel {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 6;
  private static final int WAITING_CALLS = 1_000_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final AiModel model;
  private final String gate;
  private final Duration patience;
  private final Supplier<Gates> gates;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// Refusals without a time since the last answer.
  private final AtomicInteger refusals = new AtomicInteger();

  /// Released when the model closes, which ends every wait.
  private final Semaphore closed = new Semaphore(0);

  /// @param patience longest wait of a call for the gate
  /// @param gates asked at each call, so that they may come to be later than the model
  /// @param clock that of the gates' store
  public GatedModel(
      AiModel model,
      String provider,
      Duration patience,
      Supplier<Gates> gates,
      InstantSource clock,
      RandomGenerator random) {
    this.model = model;
    this.gate = nameOf(provider);
    this.patience = patience;
    this.gates = gates;
    this.clock = clock;
    this.random = random;
  }

  /// Returns the name of a provider's gate, for the policies of the tasks that call it.
  public static String nameOf(String provider) {
    return "provider:" + provider;
  }

  @Override
  public AiReply ask(AiRequest request, TokenListener onToken) throws InterruptedException {
    awaitOpen();
    try {
      AiReply reply = model.ask(request, onToken);
      refusals.set(0);
      return reply;
    } catch (AttemptException refused) {
      waitAfter(refused).ifPresent(wait -> close(wait, refused));
      throw asLimit(refused);
    }
  }

  private void awaitOpen() throws InterruptedException {
    Instant latest = clock.instant().plus(patience);
    Optional<Closing> closing = closing();
    while (closing.isPresent()) {
      Instant now = clock.instant();
      Duration rest = Duration.between(now, closing.get().until());
      if (closing.get().until().isAfter(latest) || pause(rest)) {
        throw AttemptException.of(
                FailureKind.RATE_LIMITED, "The AI provider asks to wait. Please try later.")
            .retryAfter(rest.isNegative() ? Duration.ZERO : rest);
      }
      closing = closing();
    }
  }

  /// Returns whether the model was closed meanwhile.
  private boolean pause(Duration rest) throws InterruptedException {
    long wait = Math.clamp(rest.toMillis() + 1, 1, LOOK_EVERY.toMillis());
    return closed.tryAcquire(wait, TimeUnit.MILLISECONDS);
  }

  // A provider that says when it is back is busy, whatever its status: the task waits at no cost.
  private static AttemptException asLimit(AttemptException refused) {
    if (refused.kind() != FailureKind.UNAVAILABLE || refused.retryAfter().isEmpty()) {
      return refused;
    }
    return AttemptException.of(FailureKind.RATE_LIMITED, refused.message())
        .retryAfter(refused.retryAfter().get())
        .causedBy(refused);
  }

  // A gate that cannot be read holds up nobody.
  private Optional<Closing> closing() {
    try {
      return gates.get().find(gate).flatMap(state -> Optional.ofNullable(state.closing()));
    } catch (StoreUnavailableException away) {
      return Optional.empty();
    }
  }

  private Optional<Duration> waitAfter(AttemptException refused) {
    boolean limited = refused.kind() == FailureKind.RATE_LIMITED;
    if (refused.retryAfter().isPresent()) {
      return refused
          .retryAfter()
          .filter(ignored -> limited || refused.kind() == FailureKind.UNAVAILABLE);
    }
    return limited ? Optional.of(nextWait()) : Optional.empty();
  }

  private Duration nextWait() {
    int doublings = Math.min(refusals.getAndIncrement(), MOST_DOUBLINGS);
    Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
    Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    // Up to a quarter more, so that the calls of many nodes do not come back together.
    return bounded.plusMillis(random.nextLong(bounded.toMillis() / 4));
  }

  private void close(Duration wait, AttemptException refused) {
    Instant until = clock.instant().plus(wait);
    try {
      gates.get().gate(gate).closeUntil(until, refused.message());
    } catch (StoreUnavailableException away) {
      refused.addSuppressed(away);
    }
  }

  @Override
  public void close() {
    closed.release(WAITING_CALLS);
    model.close();
  }
}
