package dev.handoff.systems.accounts;

import static org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.ES256;
import static org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.ES384;
import static org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.PS256;
import static org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.RS256;
import static org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.RS384;
import static org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.RS512;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import dev.handoff.spring.web.Access;
import dev.handoff.spring.web.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/// Callers that another issuer vouches for. They have no account here; their owner is `jwt:` and
/// the token's subject, which no id of an account ever looks like. Safe for use by many threads.
final class OtherIssuer {
  /// How the owners begin that are not accounts.
  static final String OWNER = "jwt:";

  private static final int LONGEST_NAME = 200;

  private final IssuerProperties settings;
  private final JwtDecoder decoder;

  OtherIssuer(IssuerProperties settings, InstantSource clock) {
    this.settings = settings;
    this.decoder = decoder(settings, clock);
  }

  /// Whether it is the one that is accepted. What the token says is not proven by that.
  boolean is(@Nullable String issuer) {
    return !settings.issuerUri().isEmpty() && settings.issuerUri().equals(issuer);
  }

  /// Who the token speaks for.
  ///
  /// @throws BadJwtException when it is not good
  /// @throws org.springframework.security.oauth2.jwt.JwtException when that cannot be found out now
  CallerLogin open(String token) {
    Jwt jwt = decoder.decode(token);
    String owner = OWNER + Objects.requireNonNullElse(jwt.getSubject(), "");
    if (owner.length() == OWNER.length()) {
      throw new BadJwtException("names nobody");
    }
    String tenant = null;
    if (!settings.tenantClaim().isEmpty()) {
      tenant = name(jwt.getClaims().get(settings.tenantClaim()));
    }
    return CallerLogin.as(new Caller(name(owner), tenant, access(jwt)), jwt.getExpiresAt());
  }

  private Access access(Jwt jwt) {
    return settings.scopesClaim().isEmpty()
        ? Access.FULL
        : new Access(
            KeyScope.permissionsOf(scopes(jwt.getClaims().get(settings.scopesClaim()))), null);
  }

  // As OAuth 2 has them, words in one text, or as a list; words of other services are skipped.
  private static Set<KeyScope> scopes(@Nullable Object claim) {
    List<String> words = new ArrayList<>();
    if (claim instanceof String text) {
      words.addAll(Arrays.asList(text.split(" ", -1)));
    } else if (claim instanceof Collection<?> list) {
      list.forEach(word -> words.add(String.valueOf(word)));
    }
    Set<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
    words.forEach(word -> KeyScope.ofWord(word).ifPresent(scopes::add));
    // An operator is an account of ours.
    scopes.remove(KeyScope.OPERATOR);
    return scopes;
  }

  private static String name(@Nullable Object claim) {
    if (claim instanceof String text
        && !text.isBlank()
        && text.length() <= LONGEST_NAME
        && PlainText.is(text)) {
      return text;
    }
    throw new BadJwtException("a name in it is missing, too long or no text");
  }

  private static JwtDecoder decoder(IssuerProperties settings, InstantSource clock) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSource(new IssuerKeys(settings.issuerUri()))
            // Only those with two keys: whoever knows the published one must not be able to sign.
            .jwsAlgorithms(all -> all.addAll(Set.of(RS256, RS384, RS512, PS256, ES256, ES384)))
            .jwtProcessorCustomizer(processor ->
                processor.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)))
            .build();
    JwtTimestampValidator inTime = new JwtTimestampValidator(Duration.ofSeconds(30));
    inTime.setAllowEmptyExpiryClaim(false);
    inTime.setClock(clock.withZone(ZoneOffset.UTC));
    List<OAuth2TokenValidator<Jwt>> all = new ArrayList<>();
    all.add(inTime);
    all.add(new JwtIssuerValidator(settings.issuerUri()));
    if (!settings.audience().isEmpty()) {
      all.add(new JwtAudienceValidator(settings.audience()));
    }
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(all));
    return decoder;
  }
}
