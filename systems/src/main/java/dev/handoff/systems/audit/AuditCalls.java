package dev.handoff.systems.audit;

import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The operators' call that reads the audit log. Safe for use by many threads.
public final class AuditCalls implements ApiCalls {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;
  private static final int LONGEST = 200;
  private static final String TIME = "is a time of our days, such as 2030-01-31T00:00:00Z";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
  private static final Pattern CURSOR = Pattern.compile("[0-9a-f]{24}");
  private static final List<String> PARAMETERS =
      List.of("kind", "account", "from", "to", "limit", "cursor");
  // What lies further away has no place in a number of milliseconds.
  private static final Instant FARTHEST = Instant.parse("9999-12-31T00:00:00Z");

  private final AuditLog log;

  public AuditCalls(AuditLog log) {
    this.log = log;
  }

  /// A page of the log.
  ///
  /// @param next with which the next page is asked for; null on the last one
  record AuditPage(List<AuditEntry> entries, @Nullable String next) {}

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/ops/audit",
            Permission.OPERATOR,
            this::list,
            EndpointDoc.call(
                    "listAuditEntries", "What concerned security, newest first, for operators")
                .query("kind", String.class, "Only entries of this kind, such as login.failed")
                .query("account", String.class, "Only entries about the account with this id")
                .query("from", Instant.class, "Not before this time")
                .query("to", Instant.class, "Before this time")
                .query("limit", Integer.class, "The most on a page, 1 to 200; 50 unless given")
                .query("cursor", String.class, "Go on where the page with this `next` ended")
                .answers(200, AuditPage.class, "A page; next is null on the last one")));
  }

  private ServerResponse list(ServerRequest request, Caller caller) {
    if (!PARAMETERS.containsAll(request.params().keySet())) {
      throw refused("", "every parameter is one of " + PARAMETERS);
    }
    int limit = limit(request);
    AuditQuery query = query(request);
    log.note(AuditEvent.of(AuditKind.AUDIT_READ));
    List<AuditEntry> found = log.find(query, limit + 1);
    boolean more = found.size() > limit;
    List<AuditEntry> page = more ? found.subList(0, limit) : found;
    AuditPage answer = new AuditPage(page, more ? page.getLast().id() : null);
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(WireJson.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private static AuditQuery query(ServerRequest request) {
    Optional<String> kind = parameter(request, "kind");
    if (kind.isPresent() && AuditKind.ofWord(kind.get()).isEmpty()) {
      throw refused("kind", "is none that there is, such as login.failed");
    }
    Optional<String> account = parameter(request, "account");
    if (account.filter(id -> id.length() > LONGEST || id.indexOf('\0') >= 0).isPresent()) {
      throw refused("account", "is an account's id");
    }
    Optional<String> cursor = parameter(request, "cursor");
    if (cursor.filter(text -> !CURSOR.matcher(text).matches()).isPresent()) {
      throw new ProblemException(Problem.INVALID_CURSOR);
    }
    return new AuditQuery(
        kind.orElse(null),
        account.orElse(null),
        time(request, "from"),
        time(request, "to"),
        cursor.orElse(null));
  }

  private static @Nullable Instant time(ServerRequest request, String name) {
    return parameter(request, name).map(text -> time(name, text)).orElse(null);
  }

  private static Instant time(String name, String text) {
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(FARTHEST)) {
        return time;
      }
    } catch (DateTimeException none) {
      throw refused(name, TIME);
    }
    throw refused(name, TIME);
  }

  private static int limit(ServerRequest request) {
    String text = parameter(request, "limit").orElse(Integer.toString(USUAL_PAGE));
    int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw refused("limit", "is a whole number from 1 to " + LARGEST_PAGE);
    }
    return limit;
  }

  // An empty parameter counts as missing.
  private static Optional<String> parameter(ServerRequest request, String name) {
    return request.param(name).filter(value -> !value.isEmpty());
  }

  private static ProblemException refused(String parameter, String message) {
    return new ProblemException(
        Problem.INVALID_FILTER,
        Map.of(),
        Map.of("errors", List.of(Map.of("parameter", parameter, "message", message))));
  }
}
