package dev.handoff.systems.accounts;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import dev.handoff.TaskId;
import dev.handoff.spring.web.Access;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/// Tokens that can do nothing but follow or cancel one task, for pages that must hold no more than
/// that. Signed with a key of their own, which follows from that of the access tokens, so that
/// neither kind can ever pass as the other. Only those that are revoked are stored. Safe for use by
/// many threads.
final class TaskTokens {
  static final String TYPE = "handoff-task+jwt";

  private static final String AUDIENCE = "handoff-task";
  private static final String TASK = "task";
  private static final String MAY = "may";
  private static final String KEY = "key";

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final JwtEncoder encoder;
  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();
  private final JwtDecoder decoder;
  private final InstantSource clock;

  TaskTokens(SecretKey signingKey, InstantSource clock) {
    this.key = derived(signingKey);
    this.encoder = new NimbusJwtEncoder(new ImmutableSecret<SecurityContext>(key));
    this.decoder = decoder(key, clock);
    this.clock = clock;
  }

  /// @param id with which it can be revoked
  record Issued(String id, String token, Instant expiresAt) {}

  /// What a good token says.
  ///
  /// @param key the API key that gave it out; null when a login did
  record Opened(String id, Caller caller, @Nullable Instant endsAt, @Nullable String key) {}

  /// A token with which its holder acts as this caller, as far as the caller's access says: on one
  /// task.
  ///
  /// @param key the API key that gives it out; null when a login does
  Issued issue(Caller caller, @Nullable String key, Duration lifetime) {
    Instant now = clock.instant();
    // The claim has whole seconds; no token ends before its time.
    Instant end = now.plus(lifetime).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    TaskId task = Objects.requireNonNull(caller.access().onlyTask());
    String id = idFrom(task, random.nextLong());
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .id(id)
            .audience(List.of(AUDIENCE))
            .subject(caller.owner())
            .issuedAt(now)
            .expiresAt(end)
            .claim(TASK, task.toString())
            .claim(
                MAY,
                caller.access().permissions().stream().sorted().map(TaskTokens::word).toList());
    if (caller.tenant() != null) {
      claims.claim(AccessTokens.TENANT, caller.tenant());
    }
    if (key != null) {
      claims.claim(KEY, key);
    }
    JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).type(TYPE).build();
    return new Issued(
        id, encoder.encode(JwtEncoderParameters.from(header, claims.build())).getTokenValue(), end);
  }

  /// Reads a token.
  ///
  /// @throws BadJwtException when it is forged, expired or something else
  Opened open(String token) {
    Jwt jwt = decoder.decode(token);
    TaskId task =
        TaskId.parse(Objects.requireNonNullElse(jwt.getClaimAsString(TASK), ""))
            .orElseThrow(() -> new BadJwtException("names no task"));
    Set<Permission> may =
        Objects.requireNonNullElse(jwt.getClaimAsStringList(MAY), List.<String>of()).stream()
            .map(word -> Permission.valueOf(word.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    Caller caller =
        new Caller(
            Objects.requireNonNullElse(jwt.getSubject(), ""),
            jwt.getClaimAsString(AccessTokens.TENANT),
            new Access(may, task));
    return new Opened(
        Objects.requireNonNullElse(jwt.getId(), ""),
        caller,
        jwt.getExpiresAt(),
        jwt.getClaimAsString(KEY));
  }

  /// Whether a token of this task can have this id, which follows from the task, so that nothing
  /// else needs to be kept to know that.
  boolean isIdFor(TaskId task, String id) {
    return ID.matcher(id).matches()
        && MessageDigest.isEqual(
            id.getBytes(StandardCharsets.US_ASCII),
            idFrom(task, UUID.fromString(id).getMostSignificantBits())
                .getBytes(StandardCharsets.US_ASCII));
  }

  // The first half is drawn, the second follows from it, the task and the key.
  private String idFrom(TaskId task, long drawn) {
    byte[] proof = hmac(key, "id " + task + " " + drawn);
    return new UUID(drawn, ByteBuffer.wrap(proof).getLong()).toString();
  }

  private static String word(Permission permission) {
    return permission.name().toLowerCase(Locale.ROOT);
  }

  private static JwtDecoder decoder(SecretKey key, InstantSource clock) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(key)
            .macAlgorithm(MacAlgorithm.HS256)
            .validateType(false)
            .jwtProcessorCustomizer(processor ->
                processor.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TYPE))))
            .build();
    JwtTimestampValidator inTime = new JwtTimestampValidator(Duration.ZERO);
    inTime.setClock(clock.withZone(ZoneOffset.UTC));
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(inTime, new JwtAudienceValidator(AUDIENCE)));
    return decoder;
  }

  private static SecretKey derived(SecretKey key) {
    return new SecretKeySpec(hmac(key, "handoff task token"), "HmacSHA256");
  }

  private static byte[] hmac(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }
}
