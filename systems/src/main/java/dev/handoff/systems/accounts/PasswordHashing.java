package dev.handoff.systems.accounts;

import dev.handoff.systems.kit.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Hashes passwords with Argon2id, and still knows those that were hashed with bcrypt. A hash takes
/// 16 MB and a processor, so few are computed at once; whoever waits too long for a turn is refused
/// with 429. Safe for use by many threads.
public final class PasswordHashing implements PasswordEncoder {
  private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

  private final PasswordEncoder hashes;
  private final Semaphore turns;

  private PasswordHashing(PasswordEncoder hashes, int atOnce) {
    this.hashes = hashes;
    this.turns = new Semaphore(atOnce, true);
  }

  public static PasswordHashing standard() {
    PasswordEncoder argon2 = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    PasswordEncoder known =
        new DelegatingPasswordEncoder(
            "argon2", Map.of("argon2", argon2, "bcrypt", new BCryptPasswordEncoder()));
    return new PasswordHashing(known, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public @Nullable String encode(@Nullable CharSequence password) {
    takeTurn();
    try {
      return hashes.encode(password);
    } finally {
      turns.release();
    }
  }

  @Override
  public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
    takeTurn();
    try {
      return hashes.matches(password, hash);
    } finally {
      turns.release();
    }
  }

  @Override
  public boolean upgradeEncoding(@Nullable String hash) {
    return hashes.upgradeEncoding(hash);
  }

  private void takeTurn() {
    try {
      if (turns.tryAcquire(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw RefusedException.tooMany(
        "Too many people are logging in. Please try again shortly.", LONGEST_TURN);
  }
}
