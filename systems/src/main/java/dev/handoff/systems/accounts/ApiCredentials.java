package dev.handoff.systems.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.accounts.CredentialBasis.AccountBasis;
import dev.handoff.systems.accounts.CredentialBasis.KeyBasis;
import dev.handoff.systems.accounts.CredentialBasis.TokenBasis;
import dev.handoff.systems.kit.Systems;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/// Tells what proves who is asking. Our own access token does so everywhere. Under
/// `handoff.api.path`, in the header `Authorization`, an API key, a task's token and the token of
/// another issuer do so too; nowhere else are they even looked at. Safe for use by many threads.
final class ApiCredentials implements AuthenticationManagerResolver<HttpServletRequest> {
  /// Error code of a login from before its account moved to another tenant.
  static final String OTHER_TENANT = "other_tenant";

  private static final int REMEMBERED = 10_000;

  private final Systems systems;
  private final AuthenticationManager logins;
  private final ApiKeys keys;
  private final TaskTokens taskTokens;
  private final OtherIssuer otherIssuer;
  private final CredentialChecks checks;
  private final Unavailability unavailability;
  // A token never changes what it says, and reading it is dear.
  private final Cache<String, Kind> kinds = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  ApiCredentials(
      Systems systems,
      AuthenticationManager logins,
      ApiKeys keys,
      TaskTokens taskTokens,
      OtherIssuer otherIssuer,
      CredentialChecks checks,
      Unavailability unavailability) {
    this.systems = systems;
    this.logins = logins;
    this.keys = keys;
    this.taskTokens = taskTokens;
    this.otherIssuer = otherIssuer;
    this.checks = checks;
    this.unavailability = unavailability;
  }

  /// What a token says of itself: whom to ask whether it is true.
  private enum Kind {
    TASK,
    OTHER_ISSUER,
    LOGIN
  }

  @Override
  public AuthenticationManager resolve(HttpServletRequest request) {
    boolean any = Credentials.hasHeader(request) && systems.isApi(request.getRequestURI());
    return asked -> authenticate(asked, any);
  }

  private Authentication authenticate(Authentication asked, boolean any) {
    try {
      return any
          ? known(asked, ((BearerTokenAuthenticationToken) asked).getToken())
          : ofLogin(asked);
    } catch (AuthenticationException refused) {
      throw refused;
    } catch (BadJwtException bad) {
      throw new InvalidBearerTokenException("not good", bad);
    } catch (JwtException undecided) {
      throw new AuthenticationServiceException("the issuer does not answer", undecided);
    } catch (RuntimeException failure) {
      if (unavailability.retryAfter(failure).isPresent()) {
        throw new AuthenticationServiceException("the database does not answer", failure);
      }
      throw failure;
    }
  }

  private Authentication known(Authentication asked, String token) {
    if (token.startsWith(ApiKeys.PREFIX)) {
      return keys.open(token).map(CallerLogin::with).orElseThrow(ApiCredentials::notGood);
    }
    return switch (kinds.get(token, this::kind)) {
      case TASK -> ofTask(taskTokens.open(token));
      case OTHER_ISSUER -> otherIssuer.open(token);
      case LOGIN -> ofLogin(asked);
    };
  }

  private Kind kind(String token) {
    JWT unproven = parsed(token);
    if (isOfTask(unproven)) {
      return Kind.TASK;
    }
    return otherIssuer.is(issuer(unproven)) ? Kind.OTHER_ISSUER : Kind.LOGIN;
  }

  private static JWT parsed(String token) {
    try {
      return JWTParser.parse(token);
    } catch (ParseException noToken) {
      throw notGood();
    }
  }

  private static boolean isOfTask(JWT unproven) {
    return unproven.getHeader().getType() != null
        && TaskTokens.TYPE.equalsIgnoreCase(unproven.getHeader().getType().getType());
  }

  private static @Nullable String issuer(JWT unproven) {
    try {
      return unproven.getJWTClaimsSet() == null ? null : unproven.getJWTClaimsSet().getIssuer();
    } catch (ParseException noClaims) {
      throw notGood();
    }
  }

  private Authentication ofLogin(Authentication asked) {
    Authentication login = logins.authenticate(asked);
    if (!(login instanceof JwtAuthenticationToken proven)) {
      throw notGood();
    }
    return switch (checks.check(AccessTokens.basisOf(proven.getToken()))) {
      case STANDS -> login;
      case ENDED -> throw notGood();
      case MOVED -> throw new OAuth2AuthenticationException(OTHER_TENANT);
    };
  }

  // It ends with the key or the account that gave it out, or when it is revoked.
  private CallerLogin ofTask(TaskTokens.Opened opened) {
    List<CredentialBasis> bases = new ArrayList<>();
    bases.add(new TokenBasis(opened.id()));
    if (opened.key() != null) {
      bases.add(new KeyBasis(opened.key()));
    } else if (!opened.caller().owner().startsWith(OtherIssuer.OWNER)) {
      bases.add(new AccountBasis(opened.caller().owner(), opened.caller().tenant()));
    }
    if (!checks.stand(bases)) {
      throw notGood();
    }
    return CallerLogin.ofTask(opened, bases);
  }

  private static InvalidBearerTokenException notGood() {
    return new InvalidBearerTokenException("not good");
  }
}
