package dev.handoff.systems.audit;

import dev.handoff.spring.api.Answers;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.api.ListFilters;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The operators' call that reads the audit log. Safe for use by many threads.
public final class AuditCalls implements ApiCalls {
  private static final Pattern CURSOR = Pattern.compile("[0-9a-f]{24}");
  private static final List<String> PARAMETERS =
      List.of("kind", "account", "from", "to", ListFilters.LIMIT, ListFilters.CURSOR);

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
    ListFilters filters = ListFilters.of(request, PARAMETERS);
    int limit = filters.limit();
    AuditQuery query = query(filters);
    log.note(AuditEvent.of(AuditKind.AUDIT_READ));
    List<AuditEntry> found = log.find(query, limit + 1);
    boolean more = found.size() > limit;
    List<AuditEntry> page = more ? found.subList(0, limit) : found;
    return Answers.ok(new AuditPage(page, more ? page.getLast().id() : null));
  }

  private static AuditQuery query(ListFilters filters) {
    Optional<String> kind = filters.text("kind");
    if (kind.isPresent() && AuditKind.ofWord(kind.get()).isEmpty()) {
      throw ListFilters.refused("kind", "is none that there is, such as login.failed");
    }
    Optional<String> cursor = filters.text(ListFilters.CURSOR);
    if (cursor.filter(text -> !CURSOR.matcher(text).matches()).isPresent()) {
      throw new ProblemException(Problem.INVALID_CURSOR);
    }
    return new AuditQuery(
        kind.orElse(null),
        filters.text("account").orElse(null),
        filters.time("from").orElse(null),
        filters.time("to").orElse(null),
        cursor.orElse(null));
  }
}
