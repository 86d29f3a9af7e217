package dev.handoff.store;

import dev.handoff.HandoffException;
import java.util.Objects;

/// An effect threw, so nothing of the call that it came with was written. The cause is what it
/// threw, whatever that is: also an `Error`, a checked exception, or an exception that the store
/// itself throws for other reasons.
///
/// What else [TaskStore#append] throws is not the effect's: after a
/// [dev.handoff.StoreUnavailableException] the same call can succeed.
public final class EffectFailedException extends HandoffException {
  private static final long serialVersionUID = 1L;

  /// With what the effect threw.
  public EffectFailedException(Throwable thrown) {
    super("an effect failed, so nothing of this call was written: " + thrown, thrown);
  }

  /// Returns the exception or error that the effect threw.
  public Throwable thrown() {
    return Objects.requireNonNull(getCause());
  }
}
