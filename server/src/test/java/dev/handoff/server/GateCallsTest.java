package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.GateLimits;
import dev.handoff.Gates;
import dev.handoff.Handoff;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gates that an operator sees and limits over HTTP.
@OnBothStores
final class GateCallsTest {
  private static final String GATES = "/api/v1/ops/gates";

  private final TestServer server = TestServer.shared();
  private final Gates gates = server.bean(Handoff.class).gates();
  private final Client admin = server.as("admin@demo.test");
  private final String name = "ops:" + UUID.randomUUID();

  private HttpAnswer put(Client caller, String name, String body) {
    return caller.call(
        "PUT", GATES + "/" + name, "application/json", json(body).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsAbsentStaysAndNullRemoves() {
    HttpAnswer first = put(admin, name, "{'concurrency':20,'starts':{'count':500,'per':'PT1M'}}");
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(gates.find(name).orElseThrow().limits())
        .isEqualTo(GateLimits.concurrency(20).starts(500, Duration.ofMinutes(1)));

    HttpAnswer second = put(admin, name, "{'starts':null,'units':{'count':90000,'per':'PT1M'}}");
    assertThat(second.json())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    json(
                        "{'name':'%s','concurrency':20,'starts':null,"
                            + "'units':{'count':90000,'per':'PT1M'},'closed':null,'running':0}",
                        name)));
    assertThat(gates.find(name).orElseThrow().limits())
        .isEqualTo(GateLimits.concurrency(20).units(90_000, Duration.ofMinutes(1)));
    JsonNode entry =
        admin.get("/api/v1/ops/audit?kind=gate.changed&limit=1").json().path("entries").path(0);
    assertThat(entry.path("target").asString("")).isEqualTo(name);
  }

  @Test
  void aFamilyIsLimitedLikeAGate() {
    assertThat(put(admin, name + ":*", "{'concurrency':5}").status()).isEqualTo(200);
    assertThat(gates.find(name + ":*").orElseThrow().limits()).isEqualTo(GateLimits.concurrency(5));
  }

  @Test
  void allAreListedByNameAPageAtATime() {
    Instant until = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
    gates.close(name + "b", until, "the provider asks to wait");
    gates.set(name + "a", GateLimits.concurrency(1));

    List<JsonNode> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = admin.get(GATES + "?limit=2&cursor=" + cursor).json();
      page.path("gates").forEach(found::add);
      cursor = page.path("next").asString("");
    } while (!cursor.isEmpty());

    List<String> names = found.stream().map(gate -> gate.path("name").asString("")).toList();
    assertThat(names).containsSubsequence(name + "a", name + "b").doesNotHaveDuplicates();
    JsonNode closed = found.get(names.indexOf(name + "b")).path("closed");
    assertThat(closed.path("until").asString("")).isEqualTo(until.toString());
    assertThat(closed.path("reason").asString("")).isEqualTo("the provider asks to wait");
    gates.remove(name + "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'concurrency':0} | 422",
        "{'concurrency':2.5} | 422",
        "{'concurrency':'20'} | 422",
        "{'concurrency':99999999999999999999} | 422",
        "{'starts':{'count':5}} | 422",
        "{'starts':{'count':5,'per':'a minute'}} | 422",
        "{'starts':{'count':-1,'per':'PT1M'}} | 422",
        "{'units':{'count':5,'per':'P999999999D'}} | 422",
        "{'unit':null} | 422",
        "[] | 422",
        "x | 400"
      })
  void whatIsNoLimitIsRefused(String body, int status) {
    HttpAnswer answer = put(admin, name, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(gates.find(name)).isEmpty();
  }

  @Test
  void aNameOrACursorThatNoGateHasIsRefused() {
    assertThat(put(admin, "x".repeat(201), "{'concurrency':1}").status()).isEqualTo(422);
    assertThat(put(admin, "a%0Ab", "{'concurrency':1}").status()).isBetween(400, 422);
    assertThat(put(admin, "half*", "{'concurrency':1}").status()).isEqualTo(422);
    assertThat(admin.get(GATES + "?cursor=%25").status()).isEqualTo(400);
    assertThat(admin.get(GATES + "?state=full").status()).isEqualTo(422);
  }

  @Test
  void nobodyElseIsToldThatThereAreGates() {
    Client pupil = server.as("asha@demo.test");
    assertThat(pupil.get(GATES).status()).isEqualTo(404);
    assertThat(put(pupil, name, "{'concurrency':1}").status()).isEqualTo(404);
    assertThat(gates.find(name)).isEmpty();
  }
}
