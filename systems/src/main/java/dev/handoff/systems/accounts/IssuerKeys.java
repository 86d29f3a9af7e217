package dev.handoff.systems.accounts;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The public keys of another issuer, looked for when its first token comes and kept for five
/// minutes; keys that were had stay good for an hour while the issuer does not answer. It is asked
/// at most every few seconds, whatever tokens come. Safe for use by many threads.
final class IssuerKeys implements JWKSource<SecurityContext> {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
  private static final Duration GOOD = Duration.ofMinutes(5);
  private static final Duration GOOD_IN_OUTAGE = Duration.ofHours(1);
  private static final int LARGEST = 256 << 10;

  private final String issuer;
  private final DefaultResourceRetriever web =
      new DefaultResourceRetriever((int) PATIENCE.toMillis(), (int) PATIENCE.toMillis(), LARGEST);
  private volatile @Nullable JWKSource<SecurityContext> keys;
  // Guarded by this.
  private long askedAt = System.nanoTime() - ASK_AGAIN.toNanos();
  private boolean told;

  IssuerKeys(String issuer) {
    this.issuer = issuer;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    JWKSource<SecurityContext> known = keys;
    return (known == null ? discovered() : known).get(selector, context);
  }

  private synchronized JWKSource<SecurityContext> discovered() throws KeySourceException {
    JWKSource<SecurityContext> known = keys;
    if (known != null) {
      return known;
    }
    long now = System.nanoTime();
    if (now - askedAt < ASK_AGAIN.toNanos()) {
      throw new KeySourceException("the issuer did not answer a moment ago");
    }
    askedAt = now;
    try {
      JWKSource<SecurityContext> found = source(jwksAddress());
      keys = found;
      LOG.info("issuer found issuer={}", issuer);
      return found;
    } catch (IOException | JacksonException e) {
      if (!told) {
        told = true;
        LOG.warn(
            "issuer does not answer, its tokens are refused until it does issuer={}", issuer, e);
      }
      throw new KeySourceException("the issuer's keys cannot be found", e);
    }
  }

  private URL jwksAddress() throws IOException {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    String answer = web.retrieveResource(url(base + DISCOVERY)).getContent();
    JsonNode configuration = JsonMapper.shared().readTree(answer);
    if (!configuration.path("issuer").asString("").equals(issuer)) {
      throw new IOException("its configuration names another issuer");
    }
    return url(configuration.path("jwks_uri").asString(""));
  }

  private static URL url(String text) throws MalformedURLException {
    try {
      URL url = URI.create(text).toURL();
      if (url.getProtocol().startsWith("http")) {
        return url;
      }
    } catch (IllegalArgumentException noUrl) {
      throw new MalformedURLException("no address: " + noUrl.getMessage());
    }
    throw new MalformedURLException("an address of another kind than http");
  }

  private JWKSource<SecurityContext> source(URL jwks) {
    return JWKSourceBuilder.<SecurityContext>create(jwks, web)
        .cache(GOOD.toMillis(), PATIENCE.multipliedBy(3).toMillis())
        .refreshAheadCache(false)
        .rateLimited(ASK_AGAIN.toMillis())
        .outageTolerant(GOOD_IN_OUTAGE.toMillis())
        .build();
  }
}
