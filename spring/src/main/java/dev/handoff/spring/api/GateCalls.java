package dev.handoff.spring.api;

import dev.handoff.GateLimits;
import dev.handoff.Gates;
import dev.handoff.Gates.GateState;
import dev.handoff.Handoff;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.GateChangeBody;
import dev.handoff.spring.wire.GateChangeBody.RateBody;
import dev.handoff.spring.wire.GateView;
import dev.handoff.spring.wire.GatesView;
import dev.handoff.spring.wire.ViolationView;
import dev.handoff.spring.wire.WireJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The operators' calls about gates. Safe for use by many threads.
final class GateCalls implements ApiCalls {
  private static final Logger LOG = LoggerFactory.getLogger(GateCalls.class);
  private static final List<String> PARAMETERS = List.of(ListFilters.LIMIT, ListFilters.CURSOR);

  private final Handoff handoff;
  private final CheckedSchema schema;

  GateCalls(Handoff handoff) {
    this.handoff = handoff;
    this.schema = new CheckedSchema(new JsonSchemas().of(GateChangeBody.class));
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/ops/gates",
            Permission.OPERATOR,
            this::list,
            EndpointDoc.call("listGates", "Gates by name, a page at a time")
                .query("limit", Integer.class, "The most on a page, 1 to 200; 50 unless given")
                .query("cursor", String.class, "Go on where the page with this `next` ended")
                .answers(200, GatesView.class, "A page; next is null on the last one")),
        new Endpoint(
            HttpMethod.PUT,
            "/ops/gates/{name}",
            Permission.OPERATOR,
            this::change,
            EndpointDoc.call("setGate", "Sets limits of a gate; what is absent stays, null removes")
                .sends(GateChangeBody.class)
                .answers(200, GateView.class, "The gate as it is now")));
  }

  private ServerResponse list(ServerRequest request, Caller caller) {
    ListFilters filters = ListFilters.of(request, PARAMETERS);
    int limit = filters.limit();
    String after = filters.text(ListFilters.CURSOR).map(GateCalls::decoded).orElse("");
    List<GateState> page = handoff.gates().list(after, limit);
    // A full page may be the last one; then the next is empty.
    boolean more =
        page.size() == limit && !handoff.gates().list(page.getLast().name(), 1).isEmpty();
    return Answers.ok(
        new GatesView(
            page.stream().map(GateView::of).toList(),
            more ? encoded(page.getLast().name()) : null));
  }

  private ServerResponse change(ServerRequest request, Caller caller) throws IOException {
    String name = name(request);
    JsonNode body = RequestJson.of(request);
    List<ViolationView> wrong = schema.violations(body, "");
    if (!wrong.isEmpty()) {
      throw refused(wrong);
    }
    GateState gate = state(name);
    GateLimits limits = limits(body, gate.limits());
    if (!limits.equals(gate.limits())) {
      handoff.gates().set(name, limits);
      LOG.info("operator {} set the limits of gate {}: {}", caller.owner(), name, limits);
      gate = state(name);
    }
    return Answers.ok(GateView.of(gate));
  }

  private GateState state(String name) {
    return handoff
        .gates()
        .find(name)
        .orElseGet(() -> new GateState(name, GateLimits.NONE, null, 0));
  }

  private static String name(ServerRequest request) {
    try {
      return Gates.requireFamilyOrName(request.pathVariable("name"));
    } catch (IllegalArgumentException noName) {
      throw refused("", String.valueOf(noName.getMessage()));
    }
  }

  private static GateLimits limits(JsonNode body, GateLimits before) {
    GateChangeBody asked;
    try {
      asked = WireJson.read(body, GateChangeBody.class);
    } catch (JacksonException outOfRange) {
      throw refused("", "a number is larger than any limit can be");
    }
    GateLimits.Rate starts = body.has("starts") ? rate("/starts", asked.starts()) : before.starts();
    GateLimits.Rate units = body.has("units") ? rate("/units", asked.units()) : before.units();
    try {
      return new GateLimits(
          body.has("concurrency") ? asked.concurrency() : before.concurrency(), starts, units);
    } catch (IllegalArgumentException noLimit) {
      throw refused("/concurrency", String.valueOf(noLimit.getMessage()));
    }
  }

  private static GateLimits.@Nullable Rate rate(String pointer, @Nullable RateBody asked) {
    try {
      return asked == null ? null : new GateLimits.Rate(asked.count(), Duration.parse(asked.per()));
    } catch (DateTimeException noDuration) {
      throw refused(pointer + "/per", "is a duration, such as PT1M");
    } catch (IllegalArgumentException noRate) {
      throw refused(pointer, String.valueOf(noRate.getMessage()));
    }
  }

  private static ProblemException refused(String pointer, String message) {
    return refused(List.of(new ViolationView(pointer, message)));
  }

  private static ProblemException refused(List<ViolationView> errors) {
    return new ProblemException(Problem.INVALID_GATE, Map.of(), Map.of("errors", errors));
  }

  private static String encoded(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String cursor) {
    try {
      byte[] name = Base64.getUrlDecoder().decode(cursor);
      return Gates.requireFamilyOrName(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString());
    } catch (IllegalArgumentException | CharacterCodingException notOurs) {
      throw new ProblemException(Problem.INVALID_CURSOR);
    }
  }
}
