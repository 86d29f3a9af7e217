package dev.handoff.systems.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.SecurityContext;
import dev.handoff.systems.accounts.CredentialBasis.LoginBasis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/// Short-lived signed tokens (JWT, HS256) that say whose a request is. Safe for use by many
/// threads.
public final class AccessTokens {
  static final String TENANT = "tenant";

  /// The claim with the id of the login, which ends the token before its time.
  public static final String SESSION = "sid";

  private static final String ISSUER = "handoff";
  private static final Duration PROVEN_FOR = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private final JwtEncoder encoder;
  private final SecretKey key;
  private final InstantSource clock;
  private final Duration lifetime;

  AccessTokens(SecretKey key, InstantSource clock, Duration lifetime) {
    this.encoder = new NimbusJwtEncoder(new ImmutableSecret<SecurityContext>(key));
    this.key = key;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  String issue(Account account, String session) {
    Instant now = clock.instant();
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .issuer(ISSUER)
            .subject(account.id().toString())
            .claim(SESSION, session)
            .issuedAt(now)
            .expiresAt(now.plus(lifetime));
    String tenant = account.standing().tenant();
    if (tenant != null) {
      claims.claim(TENANT, tenant);
    }
    JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims.build())).getTokenValue();
  }

  /// What a token rests on.
  static CredentialBasis basisOf(Jwt token) {
    return new LoginBasis(
        Objects.requireNonNullElse(token.getClaimAsString(SESSION), ""),
        Objects.requireNonNullElse(token.getSubject(), ""),
        token.getClaimAsString(TENANT));
  }

  Duration lifetime() {
    return lifetime;
  }

  /// Reads tokens and refuses those that are forged, expired or somebody else's. One that was
  /// proven a moment ago is not proven again: that was a tenth of a status read.
  JwtDecoder decoder() {
    JwtDecoder proving = proving();
    Cache<String, Jwt> proven =
        Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(PROVEN_FOR).build();
    return token -> {
      Jwt known = proven.getIfPresent(token);
      if (known != null && isInTime(known)) {
        return known;
      }
      Jwt read = proving.decode(token);
      proven.put(token, read);
      return read;
    };
  }

  private boolean isInTime(Jwt token) {
    Instant end = token.getExpiresAt();
    return end != null && clock.instant().isBefore(end);
  }

  private JwtDecoder proving() {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(key).macAlgorithm(MacAlgorithm.HS256).build();
    JwtTimestampValidator inTime = new JwtTimestampValidator(Duration.ZERO);
    inTime.setClock(asClock());
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(inTime, new JwtIssuerValidator(ISSUER)));
    return decoder;
  }

  private Clock asClock() {
    return clock.withZone(ZoneOffset.UTC);
  }
}
