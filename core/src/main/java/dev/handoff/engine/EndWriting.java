package dev.handoff.engine;

import dev.handoff.EngineEvent.ServiceFailed;
import dev.handoff.HandoffException;
import dev.handoff.IllegalTransitionException;
import dev.handoff.StoreUnavailableException;
import dev.handoff.store.EffectFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Writes the ending of one attempt. While the store is unavailable it is offered again, because
/// the handler's work would have to be repeated without it: until the store takes it or says that
/// the lease is lost, the hard limit passes, or the engine closes. At the hard limit a plain
/// failure replaces it, which is offered until it is taken: without an ending the task would stay
/// in processing for as long as this node lives.
///
/// One thread at a time.
final class EndWriting {
  /// How often an ending is offered that the store rejects as invalid.
  private static final int SENSELESS_TRIES = 3;

  private final EngineParts parts;
  private final AttemptLog log;
  private final Instant patientUntil;
  private final Function<Throwable, AttemptEnding> failed;
  private AttemptEnding ending;
  private boolean plain;
  private boolean stored;
  private int refusals;

  EndWriting(
      EngineParts parts,
      AttemptLog log,
      Instant patientUntil,
      Function<Throwable, AttemptEnding> failed,
      AttemptEnding ending) {
    this.parts = parts;
    this.log = log;
    this.patientUntil = patientUntil;
    this.failed = failed;
    this.ending = ending;
  }

  /// Offers the ending to the store once.
  ///
  /// @return after which wait to call it again; nothing when it is over
  Optional<Duration> tryOnce() {
    if (parts.deadlines().isClosed()) {
      return Optional.empty();
    }
    try {
      stored = log.end(ending.event(), ending.effects());
      return Optional.empty();
    } catch (StoreUnavailableException away) {
      return Optional.of(away.retryAfter());
    } catch (Throwable refused) {
      return Optional.of(afterRefusal(refused));
    }
  }

  private Duration afterRefusal(Throwable refused) {
    Optional<Throwable> effects = thrownByEffect(refused);
    if (effects.isPresent()) {
      // An effect failed, so nothing of the ending was written: the attempt failed like any other.
      ending = failed.apply(effects.get());
      return Duration.ZERO;
    }
    parts.listener().on(new ServiceFailed("attempt", refused));
    refusals++;
    if (!plain && isHopeless(refused)) {
      plain = true;
      ending = failed.apply(refused);
      log.abandon();
    }
    return RefusalBackoff.pause(refusals - 1);
  }

  private Optional<Throwable> thrownByEffect(Throwable refused) {
    return switch (refused) {
      case EffectFailedException effect -> Optional.of(effect.thrown());
      case HandoffException ignored -> Optional.empty();
      default -> ending.hasEffectsOfHandler() ? Optional.of(refused) : Optional.empty();
    };
  }

  private boolean isHopeless(Throwable refused) {
    boolean senseless =
        !(refused instanceof HandoffException) || refused instanceof IllegalTransitionException;
    return senseless
        ? refusals >= SENSELESS_TRIES
        : !parts.store().clock().instant().isBefore(patientUntil);
  }

  /// Returns the ending that was written, or offered last.
  AttemptEnding ending() {
    return ending;
  }

  boolean isStored() {
    return stored;
  }
}
