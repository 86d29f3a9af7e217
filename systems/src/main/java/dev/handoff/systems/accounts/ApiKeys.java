package dev.handoff.systems.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.handoff.systems.accounts.ApiKeyTable.Stored;
import dev.handoff.systems.kit.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// API keys: making, using and revoking them. A key looks like `hk_<16 digits>_<64 digits>`, the
/// second part being a secret of 256 random bits. So much cannot be guessed, so a fast hash of it
/// is stored. What was read of a key is believed for two seconds: so long a revoked one may still
/// work on other nodes than the one that revoked it. Safe for use by many threads.
public final class ApiKeys {
  /// How every key begins; no other credential does.
  static final String PREFIX = "hk_";

  static final int AT_MOST = 50;

  private static final Duration BELIEVED = Duration.ofSeconds(2);
  private static final int REMEMBERED = 10_000;
  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("hk_([0-9a-f]{16})_([0-9a-f]{64})");

  private final ApiKeyTable table;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Cache<String, FoundKey> found =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(BELIEVED).build();

  ApiKeys(ApiKeyTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  /// A new key with its text, which nobody can see again.
  record MadeKey(ApiKey key, String text) {}

  /// What the table said, and whether its use was noted since.
  private record FoundKey(@Nullable Stored stored, AtomicBoolean noted) {}

  /// Makes a key for this account; nothing when it has 50 already.
  Optional<MadeKey> make(Account account, ApiKey.Terms terms) {
    String id = digits(ID_BYTES);
    String secret = digits(SECRET_BYTES);
    ApiKey key =
        new ApiKey(id, account.id(), account.standing().tenant(), terms, clock.instant(), null);
    return table.add(key, Sha256.of(secret), AT_MOST)
        ? Optional.of(new MadeKey(key, PREFIX + id + "_" + secret))
        : Optional.empty();
  }

  List<ApiKey> of(UUID account) {
    return table.of(account);
  }

  /// Ends a key, and with it the task tokens that it gave out.
  ///
  /// @return whether this account had one with this id
  boolean revoke(String id, UUID account) {
    boolean removed = table.remove(id, account);
    found.invalidate(id);
    return removed;
  }

  /// The key with this text, if it is good now. Notes that it was used.
  Optional<ApiKey> open(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String hash = Sha256.of(parts.group(2));
    return good(parts.group(1))
        .filter(stored -> sameText(hash, stored.secretHash()))
        .map(Stored::key)
        .map(this::noted);
  }

  boolean isGood(String id) {
    return good(id).isPresent();
  }

  private Optional<Stored> good(String id) {
    return Optional.ofNullable(find(id).stored())
        .filter(Stored::accountStands)
        .filter(stored -> !stored.key().terms().isOver(clock.instant()));
  }

  private FoundKey find(String id) {
    FoundKey known = found.getIfPresent(id);
    if (known == null) {
      known = new FoundKey(table.find(id).orElse(null), new AtomicBoolean());
      found.put(id, known);
    }
    return known;
  }

  private ApiKey noted(ApiKey key) {
    Instant now = clock.instant();
    Instant before = now.minus(USE_NOTED_EVERY);
    boolean due = key.lastUsedAt() == null || !key.lastUsedAt().isAfter(before);
    if (due && find(key.id()).noted().compareAndSet(false, true)) {
      table.used(key.id(), now, before);
    }
    return key;
  }

  private String digits(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  // Takes the same time wherever they differ.
  private static boolean sameText(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
  }
}
