package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.TaskType;
import dev.handoff.spring.live.TaskStreams;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Live events of a task.
@OnBothStores
final class StreamsTest {
  private static final Pattern EVENT =
      Pattern.compile("id: (\\d+)\nevent: (\\w+)\ndata: (\\{.*})\n\n");

  private static final TaskType<String, String> QUESTION =
      TaskType.of("sat-buddy.question", String.class, String.class);

  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");

  private record StreamEvent(long id, String name, JsonNode data) {}

  private static List<StreamEvent> eventsIn(String stream) {
    List<StreamEvent> events = new ArrayList<>();
    EVENT
        .matcher(stream)
        .results()
        .forEach(found ->
            events.add(
                new StreamEvent(
                    Long.parseLong(found.group(1)),
                    found.group(2),
                    JsonMapper.shared().readTree(found.group(3)))));
    return events;
  }

  @Test
  void replaysAFinishedTaskAndEnds() {
    String task = Tasks.message(asha, SatBuddyTest.unique("replay me"));
    Tasks.awaitStatus(asha, task, "completed");

    HttpAnswer answer = asha.get("/api/v1/tasks/" + task + "/events");
    List<StreamEvent> events = eventsIn(answer.body());

    assertThat(answer.header("content-type")).startsWith("text/event-stream");
    assertThat(answer.header("cache-control")).contains("no-store");
    assertThat(answer.body()).startsWith("retry: 1000\n\n").doesNotContain("lease", "node");
    assertThat(events.getFirst().name()).isEqualTo("taskSubmitted");
    assertThat(events.getLast().name()).isEqualTo("taskCompleted");
    for (int i = 0; i < events.size(); i++) {
      StreamEvent event = events.get(i);
      assertThat(event.id()).isEqualTo(i + 1);
      assertThat(event.data().path("seq").asLong()).isEqualTo(event.id());
      assertThat(event.data().path("type").asString("")).isEqualTo(event.name());
    }
    long last = asha.get("/api/v1/tasks/" + task).json().path("lastEvent").asLong();
    assertThat(events).hasSize((int) last);
  }

  @Test
  void resumesAfterTheLastEventSeen() {
    String task = Tasks.message(asha, SatBuddyTest.unique("resume me"));
    Tasks.awaitStatus(asha, task, "completed");
    String path = "/api/v1/tasks/" + task + "/events";

    assertThat(eventsIn(asha.with("Last-Event-ID", "2").get(path).body()).getFirst().id())
        .isEqualTo(3);
    assertThat(eventsIn(asha.get(path + "?after=3").body()).getFirst().id()).isEqualTo(4);
    assertThat(
            eventsIn(asha.with("Last-Event-ID", "4").get(path + "?after=1").body()).getFirst().id())
        .isEqualTo(5);
    long last = asha.get("/api/v1/tasks/" + task).json().path("lastEvent").asLong();
    assertThat(asha.get(path + "?after=" + last).status()).isEqualTo(204);
    assertThat(asha.with("Last-Event-ID", "x").get(path).status()).isEqualTo(400);
  }

  @Test
  void beginsAnewForWhoComesWithMoreThanThereIs() {
    String task = Tasks.message(asha, SatBuddyTest.unique("reset me"));
    Tasks.awaitStatus(asha, task, "completed");
    String path = "/api/v1/tasks/" + task + "/events";
    HttpAnswer all = asha.get(path);
    List<StreamEvent> events = eventsIn(all.body());
    String reset = json("event: reset\ndata: {'last':%s}\n\n", events.size());
    String second = events.get(1).data().path("at").asString("");

    for (String seen : List.of("?after=1000", "?after=2&at=2026-01-05T09:00:00Z")) {
      HttpAnswer answer = asha.get(path + seen);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(all.body().replaceFirst("\n\n", "\n\n" + reset));
    }
    assertThat(asha.with("Last-Event-ID", "1000").get(path).body()).contains(reset);
    assertThat(eventsIn(asha.get(path + "?after=2&at=" + second).body()))
        .hasSize(events.size() - 2);
    assertThat(asha.get(path + "?after=2&at=yesterday").status()).isEqualTo(400);
    // Its time is that of the event in the address, and the header names a later one.
    assertThat(eventsIn(asha.with("Last-Event-ID", "3").get(path + "?after=2&at=" + second).body()))
        .hasSize(events.size() - 3);
  }

  @Test
  void aPageBeginsAnewForWhoComesWithMoreThanThereIs() {
    String task = Tasks.message(asha, SatBuddyTest.unique("reset my page"));
    Tasks.awaitStatus(asha, task, "completed");
    String path = "/api/v1/tasks/" + task + "/events";
    Client json = asha.with("Accept", "application/json");
    JsonNode all = json.get(path).json();

    JsonNode reset = json.get(path + "?after=1000&wait=60").json();

    assertThat(all.has("reset")).isFalse();
    assertThat(reset.path("reset").asBoolean(false)).isTrue();
    assertThat(reset.path("events")).isEqualTo(all.path("events"));
    assertThat(reset.path("last")).isEqualTo(all.path("last"));
    String second = all.path("events").path(1).path("at").asString("");
    assertThat(json.get(path + "?after=2&at=" + second).json().has("reset")).isFalse();
    assertThat(json.get(path + "?after=2&at=2026-01-05T09:00:00Z").json().path("events"))
        .isEqualTo(all.path("events"));
  }

  @Test
  void tellsPiecesWhileTheyAreWrittenAndPingsInBetween() {
    Gate gate = Gate.closed();
    TestServer.model().enqueue(ModelScript.streamed(gate, "one ", "two ", "three"));
    String task = Tasks.message(asha, SatBuddyTest.unique("live"));

    try (Listener listener = new Listener(asha, task, "")) {
      gate.pass();
      assertThat(listener.hear("\"one \"")).doesNotContain("two");
      listener.hear(": ping\n\n");
      gate.openForAll();
      List<StreamEvent> events = eventsIn(listener.hear("event: taskCompleted"));
      String text =
          events.stream()
              .filter(event -> event.name().equals("chunkEmitted"))
              .map(event -> event.data().path("text").asString(""))
              .reduce("", String::concat);
      assertThat(text).isEqualTo("one two three");
    }
  }

  @Test
  void tellsWhereAWaitingTaskStandsInLine() {
    Handoff handoff = server.bean(Handoff.class);
    server
        .bean(TaskStore.class)
        .queue()
        .keepDurations(QUESTION.name(), Collections.nCopies(20, Duration.ofSeconds(1)));
    handoff.gates().close("streams-door", Instant.now().plusSeconds(600), "shut");
    Submission behind = Submission.by(asha.get("/api/auth/me/").text("id")).through("streams-door");
    String first = handoff.submit(QUESTION, "one", behind).toString();
    String second = handoff.submit(QUESTION, "two", behind).toString();

    try (Listener listener = new Listener(asha, second, "");
        Socket socket = Socket.open(asha)) {
      socket.follow(second, 0);
      listener.hear(json("event: queue\ndata: {'position':2,'of':2}\n\n"));
      socket.await(message -> message.path("queue").path("position").asInt(0) == 2);
      asha.post("/api/v1/tasks/" + first + "/cancel");
      listener.hear(json("event: queue\ndata: {'position':1,'of':1}\n\n"));
      socket.await(message -> message.path("queue").path("position").asInt(0) == 1);
      asha.post("/api/v1/tasks/" + second + "/cancel");
      assertThat(listener.hear("event: taskCancelled"))
          .as("told only when it changed")
          .containsOnlyOnce("'position':1".replace('\'', '"'));
    } finally {
      handoff.gates().open("streams-door");
    }
  }

  @Test
  void cancellingEndsTaskAndStream() {
    Gate gate = Gate.closed();
    TestServer.model().enqueue(ModelScript.hang(gate));
    String message = SatBuddyTest.unique("cancel me");
    String task = Tasks.message(asha, message);

    try (Listener listener = new Listener(asha, task, "")) {
      // Else the next test's task would take the answer that hangs.
      Tasks.awaitAsked(message);
      HttpAnswer cancelled = asha.post("/api/v1/tasks/" + task + "/cancel");
      assertThat(cancelled.status()).isEqualTo(200);
      assertThat(cancelled.text("state")).isEqualTo("cancelled");
      assertThat(listener.hear("event: taskCancelled")).contains("cancelled by its owner");
    }
    assertThat(Tasks.poll(asha, task).text("status")).isEqualTo("failed");
    assertThat(asha.post("/api/v1/tasks/" + task + "/cancel").status()).isEqualTo(200);
    gate.openForAll();
  }

  @Test
  void anOwnerHasOnlySoManyStreams() {
    Gate gate = Gate.closed();
    TestServer.model().enqueue(ModelScript.hang(gate));
    Client nina = server.as("nosub@demo.test");
    String task = Tasks.message(nina, SatBuddyTest.unique("many tabs"));
    List<Listener> tabs = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Listener tab = new Listener(nina, task, "");
        tab.hear("retry: 1000");
        tabs.add(tab);
      }

      HttpAnswer refused = nina.get("/api/v1/tasks/" + task + "/events");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.text("type")).isEqualTo("urn:handoff:problem:too-many-streams");
      assertThat(refused.header("retry-after")).isEqualTo("5");
    } finally {
      gate.openForAll();
      tabs.forEach(Listener::close);
    }
    await().until(() -> nina.get("/api/v1/tasks/" + task + "/events").status() == 200);
  }

  @Test
  void aReaderThatHangsUpIsForgotten() {
    Gate gate = Gate.closed();
    TestServer.model().enqueue(ModelScript.hang(gate));
    TaskStreams streams = server.bean(TaskStreams.class);
    String task = Tasks.message(asha, SatBuddyTest.unique("gone"));
    int before = streams.size();

    try (Listener listener = new Listener(asha, task, "")) {
      listener.hear("retry: 1000");
      await().until(() -> streams.size() == before + 1);
    }

    await().until(() -> streams.size() <= before);
    gate.openForAll();
    Tasks.awaitStatus(asha, task, "completed");
  }

  @Test
  void aSlowReaderHoldsUpNobodyAndIsClosed() {
    Gate gate = Gate.closed();
    String piece = "x".repeat(50_000) + " ";
    String[] pieces = new String[60];
    java.util.Arrays.fill(pieces, piece);
    TestServer.model().enqueue(ModelScript.streamed(gate, pieces));
    TaskStreams streams = server.bean(TaskStreams.class);
    String task = Tasks.message(asha, SatBuddyTest.unique("flood"));

    try (Listener slow = new Listener(asha, task, "");
        Listener quick = new Listener(asha, task, "")) {
      slow.hear("retry: 1000");
      quick.hear("retry: 1000");
      gate.openForAll();
      assertThat(quick.hear("event: taskCompleted")).contains("xxxxx");
      await().until(() -> streams.size() == 0);
      String heard = slow.hearToTheEnd();
      assertThat(heard).doesNotContain("event: taskCompleted");
    }
    assertThat(asha.get("/api/v1/tasks/" + task).text("state")).isEqualTo("completed");
  }
}
