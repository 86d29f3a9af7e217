package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Tokens of another issuer, whose keys are fetched over HTTP.
final class OtherIssuerTest {
  private static final String SUBJECT = "robot-7";

  /// An issuer that answers when it is up.
  private static final class Issuer implements AutoCloseable {
    private final HttpServer http;
    private final AtomicBoolean up = new AtomicBoolean();
    private final RSAKey key = key("one");

    Issuer() throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      String configuration = json("{'issuer':'%s','jwks_uri':'%s/keys'}", uri(), uri());
      serve("/.well-known/openid-configuration", configuration);
      serve("/keys", new JWKSet(key.toPublicJWK()).toString());
      http.start();
    }

    private void serve(String path, String json) {
      http.createContext(
          path,
          exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(up.get() ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
    }

    String uri() {
      return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWTClaimsSet.Builder claims(Issuer issuer) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.uri())
        .subject(SUBJECT)
        .audience("handoff-api")
        .claim("org", "school-1")
        .claim("scope", "openid read submit")
        .expirationTime(Date.from(InstantSource.system().instant().plusSeconds(300)));
  }

  private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Test
  void itsCallersComeInBesideOurs() throws Exception {
    try (Issuer issuer = new Issuer();
        TestServer server =
            TestServer.start(
                TestServer.temporaryFolder(),
                "handoff.demo=true",
                "handoff.security.issuer-uri=" + issuer.uri(),
                "handoff.security.audience=handoff-api",
                "handoff.security.tenant-claim=org",
                "handoff.security.scopes-claim=scope")) {
      Client asha = server.as("asha@demo.test");
      String good = signed(issuer.key, claims(issuer).build());
      Client robot = server.anybody().bearing(good);

      // While it is down its tokens are neither good nor bad, and our own logins are as ever.
      HttpAnswer undecided = robot.get("/api/v1/tasks/x");
      assertThat(undecided.status()).isEqualTo(503);
      assertThat(undecided.text("type")).isEqualTo("urn:handoff:problem:unavailable");
      assertThat(undecided.header("retry-after")).isEqualTo("5");
      assertThat(asha.get("/api/v1/tasks/x").status()).isEqualTo(404);

      issuer.up.set(true);
      await().until(() -> robot.get("/api/v1/tasks/x").status() == 404);
      assertReachesItsOwnOnly(server, robot);
      refusesWhatItShould(issuer, server.anybody());
      issuer.up.set(false);
      assertThat(robot.get("/api/v1/tasks/x").status()).isEqualTo(404);
    }
  }

  private static void assertReachesItsOwnOnly(TestServer server, Client robot) {
    ApiResources things = new ApiResources(server);
    String own = things.taskOf("jwt:" + SUBJECT, "school-1");
    assertThat(robot.get("/api/v1/tasks/" + own).status()).isEqualTo(200);
    for (String other :
        List.of(
            things.taskOf(SUBJECT, "school-1"),
            things.taskOf("jwt:" + SUBJECT, "school-2"),
            things.taskOf("jwt:" + SUBJECT, ""))) {
      assertThat(robot.get("/api/v1/tasks/" + other).status()).isEqualTo(404);
    }
    assertThat(robot.post("/api/v1/tasks/" + own + "/cancel").text("type"))
        .as("it has no scope for that")
        .isEqualTo("urn:handoff:problem:not-permitted");
    assertThat(robot.get("/ai/chat/config/").status()).isEqualTo(401);
    assertThat(robot.get("/api/auth/me/").status()).isEqualTo(401);
    assertThat(robot.with("Cookie", "").get("/api/v1/keys").status()).isEqualTo(403);
  }

  private static void refusesWhatItShould(Issuer issuer, Client anybody) throws Exception {
    JWTClaimsSet right = claims(issuer).build();
    Date past = Date.from(InstantSource.system().instant().minusSeconds(60));
    SignedJWT unsigned =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), right);
    unsigned.sign(new MACSigner(issuer.key.toPublicJWK().toJSONString()));
    SignedJWT odd =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("logout+jwt"))
                .keyID("one")
                .build(),
            right);
    odd.sign(new RSASSASigner(issuer.key));
    for (String bad :
        List.of(
            signed(key("one"), right),
            signed(issuer.key, claims(issuer).audience("other").build()),
            signed(issuer.key, claims(issuer).expirationTime(past).build()),
            signed(issuer.key, claims(issuer).expirationTime(null).build()),
            signed(issuer.key, claims(issuer).subject(null).build()),
            signed(issuer.key, claims(issuer).subject("a\0b").build()),
            signed(issuer.key, claims(issuer).subject("x".repeat(300)).build()),
            signed(issuer.key, claims(issuer).claim("org", null).build()),
            signed(issuer.key, claims(issuer).claim("org", List.of("a")).build()),
            signed(issuer.key, claims(issuer).issuer("http://127.0.0.1:1").build()),
            signed(issuer.key, claims(issuer).issuer("handoff").build()),
            unsigned.serialize(),
            odd.serialize())) {
      assertThat(anybody.bearing(bad).get("/api/v1/tasks/x").status()).as(bad).isEqualTo(401);
    }
    String none = signed(issuer.key, claims(issuer).claim("scope", "openid").build());
    assertThat(anybody.bearing(none).get("/api/v1/tasks/x").status()).isEqualTo(403);
  }
}
