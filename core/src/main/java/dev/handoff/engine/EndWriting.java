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

/// Brings the ending of one attempt into the store. What the store cannot take now is kept and
/// offered again, because the handler's work is done and would have to be done anew: until the
/// store takes it or says that the lease is lost, the hard limit passed, or the engine closes. At
/// the hard limit a plain failure takes its place, which is offered until it is taken: an ending
/// that is not written would leave the task in processing for as long as this node lives.
///
/// One thread at a time.
final class EndWriting {
  /// So often an ending is offered that the store cannot even make sense of.
  private static final int SENSELESS_TRIES = 3;

  private final EngineParts parts;
  private final AttemptLog log;
  private final Instant patientUntil;
  private final Function<Throwable, Ending> failed;
  private Ending ending;
  private boolean plain;
  private boolean stored;
  private int refusals;

  EndWriting(
      EngineParts parts,
      AttemptLog log,
      Instant patientUntil,
      Function<Throwable, Ending> failed,
      Ending ending) {
    this.parts = parts;
    this.log = log;
    this.patientUntil = patientUntil;
    this.failed = failed;
    this.ending = ending;
  }

  /// Offers it to the store.
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
      // Nothing of this ending was written: that is a failed attempt like any other.
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
      case HandoffException _ -> Optional.empty();
      default -> ending.effects().isEmpty() ? Optional.empty() : Optional.of(refused);
    };
  }

  private boolean isHopeless(Throwable refused) {
    boolean senseless =
        !(refused instanceof HandoffException) || refused instanceof IllegalTransitionException;
    return senseless
        ? refusals >= SENSELESS_TRIES
        : !parts.store().clock().instant().isBefore(patientUntil);
  }

  /// What was written, or would have been.
  Ending ending() {
    return ending;
  }

  boolean isStored() {
    return stored;
  }
}
