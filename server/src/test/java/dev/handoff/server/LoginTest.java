package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.SecurityContext;
import dev.handoff.TimeSource;
import dev.handoff.spring.HandoffProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import tools.jackson.databind.JsonNode;

/// Who may come in, and how the others are told.
@OnBothStores
final class LoginTest {
  private final TestServer server = TestServer.shared();
  private final Client anybody = server.anybody();
  private final Client asha = server.as("asha@demo.test");

  private HttpAnswer logIn(String username, String password) {
    return anybody.post(
        "/api/auth/login/", json("{'username':'%s','password':'%s'}", username, password));
  }

  @Test
  void logsInByNameOrAddressInAnyCase() {
    HttpAnswer answer = logIn("ASHA@demo.test", "handoff");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("user").path("first_name").asString("")).isEqualTo("Asha");
    assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3600);
    assertThat(answer.headers("set-cookie"))
        .anyMatch(cookie ->
            cookie.startsWith("handoff_access=")
                && cookie.contains("HttpOnly")
                && cookie.contains("SameSite=Lax")
                && cookie.contains("Path=/;")
                && !cookie.contains("Secure"))
        .anyMatch(cookie ->
            cookie.startsWith("handoff_refresh=")
                && cookie.contains("HttpOnly")
                && cookie.contains("Path=/api/auth/"));
    HttpAnswer me = anybody.bearing(answer.text("access")).get("/api/auth/me/");
    assertThat(me.text("username")).isEqualTo("asha@demo.test");
    assertThat(me.json().path("premium").asBoolean()).isFalse();
  }

  @Test
  void unknownUsersAndWrongPasswordsLookAlike() {
    HttpAnswer wrong = logIn("asha@demo.test", "nope");
    HttpAnswer unknown = logIn("nobody@demo.test", "nope");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(withoutTime(wrong))
        .isEqualTo(
            """
            {"error":{"code":"AUTH_INVALID_CREDENTIALS","message":"Invalid credentials",\
            "timestamp":"…","details":{}}}\
            """);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(withoutTime(unknown)).isEqualTo(withoutTime(wrong));
  }

  private static String withoutTime(HttpAnswer refused) {
    return refused.body().replaceAll("\"\\d{4}-[^\"]+Z\"", "\"…\"");
  }

  private static String code(HttpAnswer refused) {
    return refused.json().path("error").path("code").asString("");
  }

  @Test
  void aDeactivatedAccountIsToldSoToWhoeverKnowsItsPassword() {
    JdbcClient sql = server.bean(JdbcClient.class);
    String change = "update user_account set is_active = :active where email = 'nosub@demo.test'";
    var _ = sql.sql(change).param("active", false).update();
    try {
      HttpAnswer told = logIn("nosub@demo.test", "handoff");

      assertThat(told.status()).isEqualTo(403);
      assertThat(code(told)).isEqualTo("AUTH_ACCOUNT_DEACTIVATED");
      assertThat(code(logIn("nosub@demo.test", "nope"))).isEqualTo("AUTH_INVALID_CREDENTIALS");
    } finally {
      var _ = sql.sql(change).param("active", true).update();
    }
  }

  @Test
  void aStudentsProfileRemembersTheLastLogin() {
    Instant before = server.bean(TimeSource.class).instant().minusMillis(1);

    JsonNode student = logIn("ben@demo.test", "handoff").json().path("student");

    assertThat(student.path("full_name").asString("")).isEqualTo("Ben Okafor");
    assertThat(Instant.parse(student.path("last_login").asString(""))).isAfter(before);
    assertThat(student.path("subscription_plan").isNull()).isTrue();
    assertThat(
            server
                .bean(JdbcClient.class)
                .sql("select count(*) from student_profiles where student_id = :id")
                .param("id", student.path("student_id").asString(""))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void tooManyWrongPasswordsHaveToWaitAndLockNobodyElseOut() {
    // As if nobody had come in as zero from here: other tests share the server.
    var _ =
        server
            .bean(JdbcClient.class)
            .sql(
                "delete from login_address where user_id ="
                    + " (select id from user_account where email = 'zero@demo.test')")
            .update();
    for (int i = 0; i < 10; i++) {
      assertThat(logIn("zero@demo.test", "guess " + i).status()).isEqualTo(401);
    }

    HttpAnswer refused = logIn("zero@demo.test", "handoff");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isEqualTo("1");
    assertThat(code(refused)).isEqualTo("RATE_LIMITED");
    assertThat(refused.body()).contains("Too many login attempts");
    assertThat(logIn("exact@demo.test", "handoff").status()).isEqualTo(200);
    for (int i = 0; i < 12; i++) {
      assertThat(logIn("exact@demo.test", "guess " + i).status()).isEqualTo(401);
    }
    assertThat(logIn("exact@demo.test", "handoff").status()).isEqualTo(200);
  }

  @Test
  void refreshTokensRotateAndAStolenOneEndsTheLogin() {
    String first = logIn("owner@demo.test", "handoff").text("refresh");
    HttpAnswer renewed = anybody.post("/api/auth/refresh/", json("{'refresh':'%s'}", first));

    assertThat(renewed.status()).isEqualTo(200);
    assertThat(renewed.text("refresh")).isNotEqualTo(first);
    assertThat(anybody.bearing(renewed.text("access")).get("/api/auth/me/").status())
        .isEqualTo(200);
    HttpAnswer out =
        anybody.post("/api/auth/logout/", "{\"refresh\":\"" + renewed.text("refresh") + "\"}");
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.headers("set-cookie")).anyMatch(c -> c.startsWith("handoff_access=; "));
    for (String ended : List.of(first, renewed.text("refresh"), "garbage")) {
      HttpAnswer refused = anybody.post("/api/auth/refresh/", json("{'refresh':'%s'}", ended));
      assertThat(refused.status()).isEqualTo(401);
      assertThat(code(refused)).isEqualTo("AUTH_TOKEN_INVALID");
    }
  }

  @Test
  void withTheCookieAloneSomethingIsReadButNothingChanged() {
    HttpAnswer login = logIn("low@demo.test", "handoff");
    String cookie = "handoff_access=" + login.text("access");
    Client browser = anybody.with("Cookie", cookie);
    String csrf = cookieIn(browser.get("/api/auth/me/"), "csrftoken");

    HttpAnswer without = browser.post("/ai/chat/message/", json("{'message':'hi'}"));
    HttpAnswer api = browser.post("/api/v1/tasks/x/cancel");
    Client page = anybody.with("Cookie", cookie + "; csrftoken=" + csrf, "X-CSRFToken", csrf);
    HttpAnswer with = page.post("/ai/chat/message/", json("{'message':'hi'}"));
    HttpAnswer wrong =
        anybody
            .with("Cookie", cookie + "; csrftoken=" + csrf, "X-CSRFToken", "other")
            .post("/ai/chat/message/", json("{'message':'hi'}"));

    assertThat(without.status()).isEqualTo(403);
    assertThat(without.body())
        .isEqualTo(json("{'success':false,'error':'CSRF token missing or incorrect'}"));
    assertThat(api.status()).isEqualTo(403);
    assertThat(api.text("type")).isEqualTo("urn:handoff:problem:csrf");
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(with.status()).isEqualTo(200);
    assertThat(page.get("/api/auth/me/").headers("set-cookie")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/ai/chat/, 302, /login/?next=/ai/chat/",
    "/ai/chat, 302, /login/?next=/ai/chat/",
    "/ai/chat/?a=1&b=2, 302, /login/?next=/ai/chat/%3Fa%3D1%26b%3D2",
    "/ai/chat/config/, 401, ''",
    "/ai/task/x/, 401, ''",
    "/api/auth/me/, 401, ''",
    "/api/v1/tasks/x, 401, ''",
    "/media/sat-buddy/x.png, 401, ''"
  })
  void withoutALoginPagesLeadToItAndCallsSaySo(String path, int status, String location) {
    HttpAnswer answer = anybody.get(path);

    assertThat(answer.status()).as(path).isEqualTo(status);
    assertThat(answer.header("location")).isEqualTo(location);
    if (status == 401) {
      assertThat(answer.body()).contains("Authentication required");
    }
  }

  @Test
  void forgedExpiredAndMalformedTokensAreRefusedQuietly() {
    // Signed by nobody; the second is a real header and body with another signature.
    String forged = server.as("asha@demo.test").headers().getLast().replace("Bearer ", "");
    String damaged = forged.substring(0, forged.length() - 4) + "AAAA";
    try (ServerLogs logs = new ServerLogs()) {
      for (String token : List.of("garbage", "a.b.c", damaged, "x".repeat(5000))) {
        HttpAnswer answer = anybody.bearing(token).get("/ai/chat/config/");
        assertThat(answer.status()).as(token).isEqualTo(401);
        assertThat(answer.body())
            .isEqualTo(json("{'success':false,'error':'Authentication required'}"));
      }
      assertThat(anybody.with("Cookie", "handoff_access=garbage").get("/ai/chat/").status())
          .isEqualTo(302);
      assertThat(anybody.with("Cookie", "handoff_access=garbage").get("/login/").status())
          .isNotEqualTo(401);
      // Tasks of other tests may end meanwhile.
      assertThat(logs.lines(Level.INFO)).allMatch(LoginTest::isOfATask);
    }
  }

  private static boolean isOfATask(String line) {
    return line.startsWith("dev.handoff.engine:")
        || (line.startsWith("dev.handoff.systems.") && !line.contains(".accounts."));
  }

  @Test
  void aTokenIsGoodForItsTimeOnlyAndUnderOurKeyOnly() throws Exception {
    byte[] ours = server.signingKey();
    String user = asha.get("/api/auth/me/").text("id");
    String session = asha.get("/api/auth/sessions/").json().path(0).path("id").asString("");
    Instant now = InstantSource.system().instant();

    String good = token(ours, user, session, now.plusSeconds(60));
    String expired = token(ours, user, session, now.minusSeconds(1));
    String others = token(new byte[32], user, session, now.plusSeconds(60));
    String unsigned =
        "eyJhbGciOiJub25lIn0." + good.substring(good.indexOf('.') + 1, good.lastIndexOf('.') + 1);

    assertThat(anybody.bearing(good).get("/ai/chat/config/").status()).isEqualTo(200);
    for (String bad : List.of(expired, others, unsigned)) {
      assertThat(anybody.bearing(bad).get("/ai/chat/config/").status()).isEqualTo(401);
      assertThat(anybody.bearing(bad).get("/api/v1/tasks/x").text("type"))
          .isEqualTo("urn:handoff:problem:not-authenticated");
    }
  }

  private static String token(byte[] key, String user, String session, Instant until) {
    JwtEncoder encoder =
        new NimbusJwtEncoder(
            new ImmutableSecret<SecurityContext>(new SecretKeySpec(key, "HmacSHA256")));
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer("handoff")
            .subject(user)
            .claim("sid", session)
            .issuedAt(until.minusSeconds(120))
            .expiresAt(until)
            .build();
    JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
  }

  @Test
  void theCookieAloneRenewsALogin() {
    HttpAnswer login = logIn("expired@demo.test", "handoff");

    HttpAnswer renewed =
        anybody
            .with("Cookie", "handoff_refresh=" + cookieIn(login, "handoff_refresh"))
            .post("/api/auth/refresh/");

    assertThat(renewed.status()).isEqualTo(200);
    assertThat(cookieIn(renewed, "handoff_access")).isEqualTo(renewed.text("access"));
    assertThat(anybody.post("/api/auth/refresh/").status()).isEqualTo(401);
  }

  @Test
  void keepsItsSigningKeyToItself() throws Exception {
    Path file = server.bean(HandoffProperties.class).dataDir().resolve("access-token.key");
    if (TestServer.ON_POSTGRES) {
      assertThat(file).as("it is in the database, for all nodes").doesNotExist();
    } else {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void listsTheDemoAccounts() {
    HttpAnswer answer = anybody.get("/api/auth/demo-accounts/");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).hasSize(18);
    assertThat(answer.json().path(0).path("username").asString("")).isEqualTo("asha@demo.test");
    assertThat(answer.body())
        .contains(
            "456@school1.test",
            json(
                "{'username':'teacher@school1.test','description':'Teacher of school 1',"
                    + "'system':'Team Evaluatie','start':'/evaluaties/'}"),
            json(
                "{'username':'admin@demo.test','description':'Operator','system':'Operation',"
                    + "'start':'/'}"));
  }

  private static String cookieIn(HttpAnswer answer, String name) {
    return answer.headers("set-cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }
}
