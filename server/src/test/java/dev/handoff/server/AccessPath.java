package dev.handoff.server;

import static dev.handoff.server.JsonText.json;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.SecurityContext;
import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.web.Permission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/// A credential with which a caller may reach a resource of pupil 456.
enum AccessPath {
  OWNER,
  OWNER_WITH_KEY,
  OWNER_WITH_COOKIE,
  COOKIE_WITHOUT_PROOF,
  OTHER_OWNER,
  OTHER_OWNER_WITH_KEY,
  OTHER_TENANT,
  OPERATOR,
  OPERATOR_KEY,
  ANONYMOUS,
  GARBAGE,
  EXPIRED_TOKEN,
  REVOKED_KEY,
  LOGGED_OUT,
  DEACTIVATED,
  MOVED_TO_ANOTHER_TENANT,
  REVOKED_TOKEN_OF_A_TASK,
  EXPIRED_KEY,
  KEY_IN_COOKIE,
  KEY_WITHOUT_SCOPE,
  TOKEN_OF_THE_TASK,
  FOLLOW_TOKEN_OF_THE_TASK,
  TOKEN_OF_ANOTHER_TASK,
  TOKEN_IN_COOKIE;

  /// The result of such a call.
  enum CallEnd {
    /// The call is done, or refused because of the request itself.
    REACHES,
    /// As for a resource that does not exist.
    NOT_FOUND,
    /// Refused with status 401: nobody is logged in.
    UNKNOWN_CALLER,
    /// 403, because of the credential.
    NOT_PERMITTED,
    /// 403, because another site may have sent it.
    NOT_PROVEN
  }

  CallEnd endOf(Endpoint call) {
    boolean aboutOne = ApiResources.variables(call) > 0;
    boolean aboutTask = call.path().startsWith("/tasks/{id}");
    boolean follows = aboutTask && call.needs() == Permission.READ;
    boolean cancels = aboutTask && call.needs() == Permission.CANCEL;
    if (call.needs() == Permission.OPERATOR) {
      return this == OPERATOR || this == OPERATOR_KEY ? CallEnd.REACHES : CallEnd.NOT_FOUND;
    }
    return switch (this) {
      case OWNER, OWNER_WITH_KEY, OWNER_WITH_COOKIE -> CallEnd.REACHES;
      case COOKIE_WITHOUT_PROOF ->
          call.method().name().equals("GET") ? CallEnd.REACHES : CallEnd.NOT_PROVEN;
      case OTHER_OWNER, OTHER_OWNER_WITH_KEY, OTHER_TENANT, OPERATOR ->
          aboutOne ? CallEnd.NOT_FOUND : CallEnd.REACHES;
      case ANONYMOUS,
          GARBAGE,
          EXPIRED_TOKEN,
          REVOKED_KEY,
          LOGGED_OUT,
          DEACTIVATED,
          MOVED_TO_ANOTHER_TENANT,
          REVOKED_TOKEN_OF_A_TASK,
          EXPIRED_KEY ->
          CallEnd.UNKNOWN_CALLER;
      case KEY_IN_COOKIE, TOKEN_IN_COOKIE ->
          call.method().name().equals("GET") ? CallEnd.UNKNOWN_CALLER : CallEnd.NOT_PROVEN;
      case KEY_WITHOUT_SCOPE, OPERATOR_KEY -> CallEnd.NOT_PERMITTED;
      case TOKEN_OF_THE_TASK -> follows || cancels ? CallEnd.REACHES : CallEnd.NOT_PERMITTED;
      case FOLLOW_TOKEN_OF_THE_TASK -> follows ? CallEnd.REACHES : CallEnd.NOT_PERMITTED;
      case TOKEN_OF_ANOTHER_TASK -> follows || cancels ? CallEnd.NOT_FOUND : CallEnd.NOT_PERMITTED;
    };
  }

  /// The callers, with credentials that are created once.
  static final class Callers {
    static final String OWNER_NAME = "456@school1.test";
    static final String NEIGHBOUR_NAME = "457@school1.test";
    private static final String OPERATOR_NAME = "admin@demo.test";
    private final TestServer server;
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<AccessPath, Client> ended = new EnumMap<>(AccessPath.class);

    Callers(TestServer server) {
      this.server = server;
    }

    Client owner() {
      return server.as(OWNER_NAME);
    }

    private synchronized Map<AccessPath, Client> endedLogins() {
      if (ended.isEmpty()) {
        ended.putAll(
            EndedLogin.inEachWay(server, LOGGED_OUT, DEACTIVATED, MOVED_TO_ANOTHER_TENANT));
      }
      return ended;
    }

    Client neighbour() {
      return server.as(NEIGHBOUR_NAME);
    }

    /// Returns a client with this credential, for this call about the resource.
    Client client(AccessPath way, Endpoint call, String thing) {
      Client anybody = server.anybody();
      return switch (way) {
        case OWNER -> owner();
        case OWNER_WITH_KEY -> anybody.bearing(key(owner(), "\"submit\",\"read\",\"operate\""));
        case OWNER_WITH_COOKIE ->
            anybody.with(
                "Cookie",
                "handoff_access=" + bearer(owner()) + "; csrftoken=7",
                "X-CSRFToken",
                "7");
        case COOKIE_WITHOUT_PROOF ->
            anybody.with("Cookie", "handoff_access=" + bearer(owner()) + "; csrftoken=7");
        case OTHER_OWNER -> neighbour();
        case OTHER_OWNER_WITH_KEY ->
            anybody.bearing(key(neighbour(), "\"submit\",\"read\",\"operate\""));
        case OTHER_TENANT -> server.as("556@school2.test");
        case OPERATOR -> server.as(OPERATOR_NAME);
        case OPERATOR_KEY -> anybody.bearing(key(server.as(OPERATOR_NAME), "\"operator\""));
        case ANONYMOUS -> anybody;
        case GARBAGE -> anybody.bearing("hk_garbage");
        case EXPIRED_TOKEN -> anybody.bearing(expired());
        case REVOKED_KEY -> anybody.bearing(keys.computeIfAbsent("revoked", _ -> revoked()));
        case LOGGED_OUT, DEACTIVATED, MOVED_TO_ANOTHER_TENANT ->
            Objects.requireNonNull(endedLogins().get(way));
        case REVOKED_TOKEN_OF_A_TASK ->
            anybody.bearing(keys.computeIfAbsent(way.name(), _ -> revokedToken()));
        case EXPIRED_KEY -> anybody.bearing(keys.computeIfAbsent("expired", _ -> expiredKey()));
        case KEY_IN_COOKIE ->
            anybody.with(
                "Cookie", "handoff_access=" + key(owner(), "\"submit\",\"read\",\"operate\""));
        case KEY_WITHOUT_SCOPE -> anybody.bearing(key(owner(), scopesWithout(call.needs())));
        case TOKEN_OF_THE_TASK ->
            anybody.bearing(taskToken(taskOr(call, thing), "\"follow\",\"cancel\""));
        case FOLLOW_TOKEN_OF_THE_TASK ->
            anybody.bearing(taskToken(taskOr(call, thing), "\"follow\""));
        case TOKEN_OF_ANOTHER_TASK ->
            anybody.bearing(taskToken(another(), "\"follow\",\"cancel\""));
        case TOKEN_IN_COOKIE ->
            anybody.with(
                "Cookie", "handoff_access=" + taskToken(another(), "\"follow\",\"cancel\""));
      };
    }

    private static String scopesWithout(Permission needed) {
      return switch (needed) {
        case SUBMIT -> "\"read\",\"operate\"";
        case READ -> "\"submit\",\"operate\"";
        case CANCEL, OPERATE -> "\"submit\",\"read\"";
        case OPERATOR -> "\"submit\",\"read\",\"operate\"";
      };
    }

    private String taskOr(Endpoint call, String thing) {
      return call.path().startsWith("/tasks/{id}") ? thing : another();
    }

    private String another() {
      return keys.computeIfAbsent(
          "another task", _ -> new ApiResources(server).make("/tasks", owner()));
    }

    private String key(Client account, String scopes) {
      return keys.computeIfAbsent(
          bearer(account) + scopes,
          _ -> made(account, json("{'name':'matrix','scopes':[%s]}", scopes)).text("key"));
    }

    private String revoked() {
      HttpAnswer made =
          made(owner(), json("{'name':'revoked','scopes':['submit','read','operate']}"));
      Client keyed = server.anybody().bearing(made.text("key"));
      if (keyed.get("/api/v1/keys").status() != 200) {
        throw new IllegalStateException("the key was never good");
      }
      var _ = HttpExchange.of(owner(), owner().request("/api/v1/keys/" + made.text("id")).DELETE());
      return made.text("key");
    }

    private String revokedToken() {
      String tokens = "/api/v1/tasks/" + another() + "/tokens";
      HttpAnswer made = owner().post(tokens, json("{'may':['follow','cancel']}"));
      Client page = server.anybody().bearing(made.text("token"));
      if (page.get("/api/v1/tasks/" + another()).status() != 200) {
        throw new IllegalStateException("the token was never good");
      }
      HttpExchange revoked =
          HttpExchange.of(owner(), owner().request(tokens + "/" + made.text("id")).DELETE());
      if (revoked.status() != 204) {
        throw new IllegalStateException(revoked.toString());
      }
      Awaitility.await().until(() -> page.get("/api/v1/tasks/" + another()).status() == 401);
      return made.text("token");
    }

    private String expiredKey() {
      Instant soon = InstantSource.system().instant().plusSeconds(1);
      String key =
          made(
                  owner(),
                  json(
                      "{'name':'expired','scopes':['submit','read','operate'],'expiresAt':'%s'}",
                      soon))
              .text("key");
      Awaitility.await()
          .until(() -> server.anybody().bearing(key).get("/api/v1/keys").status() == 401);
      return key;
    }

    private static HttpAnswer made(Client account, String json) {
      HttpAnswer made = account.post("/api/v1/keys", json);
      if (made.status() != 201) {
        throw new IllegalStateException(made.toString());
      }
      return made;
    }

    private String taskToken(String task, String may) {
      HttpAnswer made =
          owner().post("/api/v1/tasks/" + task + "/tokens", json("{'may':[%s]}", may));
      if (made.status() != 201) {
        throw new IllegalStateException(made.toString());
      }
      return made.text("token");
    }

    private static String bearer(Client account) {
      return account.headers().getLast().substring("Bearer ".length());
    }

    private String expired() {
      Instant end = InstantSource.system().instant().minusSeconds(1);
      JwtClaimsSet claims =
          JwtClaimsSet.builder()
              .issuer("handoff")
              .subject(owner().get("/api/auth/me/").text("id"))
              .claim("tenant", "school-1")
              // Of a login that stands: only its time is over.
              .claim(
                  "sid", owner().get("/api/auth/sessions/").json().path(0).path("id").asString(""))
              .issuedAt(end.minusSeconds(60))
              .expiresAt(end)
              .build();
      return new NimbusJwtEncoder(
              new ImmutableSecret<SecurityContext>(
                  new SecretKeySpec(server.signingKey(), "HmacSHA256")))
          .encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
          .getTokenValue();
    }
  }
}
