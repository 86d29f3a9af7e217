package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.spring.live.TaskStreams;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Many tasks over one WebSocket.
@OnBothStores
final class LiveTest {
  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private long lastEvent(String task) {
    return asha.get("/api/v1/tasks/" + task).json().path("lastEvent").asLong();
  }

  @Test
  void tellsEventsAsTheyComeAndTheEnd() {
    Gate gate = Gate.closed();
    TestServer.model().enqueue(ModelScript.streamed(gate, "one ", "two ", "three"));
    String task = Tasks.message(asha, SatBuddyTest.unique("over the wire"));

    try (Socket socket = Socket.open(asha)) {
      assertThat(socket.protocol()).isEqualTo("handoff.v1");
      socket.follow(task, 0).send(json("{'ping':7}"));
      socket.await(message -> message.path("pong").asLong(0) == 7);
      gate.pass();
      socket.await(message -> message.path("event").path("text").asString("").equals("one "));
      gate.openForAll();

      socket.awaitEnd(task);

      assertThat(socket.numbers(task)).isEqualTo(oneTo(lastEvent(task)));
      JsonNode event = socket.await(message -> message.path("event").path("seq").asLong(0) == 1);
      assertThat(event.path("event").path("type").asString("")).isEqualTo("taskSubmitted");
    }
  }

  @Test
  void goesOnWhereAKilledReaderWas() {
    Gate gate = Gate.closed();
    String[] pieces = new String[40];
    Arrays.setAll(pieces, i -> "piece " + i + " ");
    TestServer.model().enqueue(ModelScript.streamed(gate, pieces));
    String task = Tasks.message(asha, SatBuddyTest.unique("killed reader"));
    List<Long> seen = new ArrayList<>();

    for (int round = 0; round < 6; round++) {
      try (Socket socket = Socket.open(asha)) {
        long after = seen.isEmpty() ? 0 : seen.getLast();
        socket.follow(task, after);
        for (int i = 0; i < 5; i++) {
          gate.pass();
        }
        await().until(() -> socket.numbers(task).size() >= 2);
        socket.kill();
        seen.addAll(socket.numbers(task));
      }
    }
    gate.openForAll();
    try (Socket socket = Socket.open(asha)) {
      socket.follow(task, seen.getLast()).awaitEnd(task);
      seen.addAll(socket.numbers(task));
    }

    assertThat(seen).isEqualTo(oneTo(lastEvent(task)));
  }

  @Test
  void aTaskThatIsOverEndsAtOnce() {
    String task = Tasks.message(asha, SatBuddyTest.unique("over already"));
    Tasks.awaitStatus(asha, task, "completed");
    long last = lastEvent(task);
    try (Socket socket = Socket.open(asha)) {
      socket.follow(task, last).awaitEnd(task);
      assertThat(socket.numbers(task)).isEmpty();
      socket.follow(task, last - 1);
      await().until(() -> socket.numbers(task).equals(List.of(last)));
    }
  }

  @Test
  void beginsAnewForWhoComesWithMoreThanThereIs() {
    String task = Tasks.message(asha, SatBuddyTest.unique("reset my socket"));
    Tasks.awaitStatus(asha, task, "completed");
    long last = lastEvent(task);
    try (Socket socket = Socket.open(asha)) {
      socket.follow(task, last + 7).awaitEnd(task);

      assertThat(socket.messages().getFirst().path("reset").asLong()).isEqualTo(last);
      assertThat(socket.numbers(task)).isEqualTo(oneTo(last));
    }
  }

  @Test
  void somebodyElsesTaskIsAnUnknownOne() {
    String bens = Tasks.message(server.as("ben@demo.test"), SatBuddyTest.unique("ben's"));
    List<String> ids = List.of(bens, UUID.randomUUID().toString(), "x", "*");
    try (Socket socket = Socket.open(asha)) {
      for (String id : ids) {
        socket.follow(id, 0);
        JsonNode refused = socket.await(message -> Socket.isOf(message, id));
        assertThat(refused.path("problem").path("type").asString(""))
            .isEqualTo("urn:handoff:problem:task-not-found");
        assertThat(refused.path("problem")).isEqualTo(socket.messages().getFirst().path("problem"));
      }
    }
  }

  @Test
  void followsAllTasksOfTheCallerAndGoesOn() {
    String cursor;
    String before = Tasks.message(asha, SatBuddyTest.unique("seen before"));
    try (Socket socket = Socket.open(asha)) {
      socket.send(json("{'followAll':true}"));
      cursor = socket.await(message -> message.has("cursor")).path("cursor").asString("");
      String task = Tasks.message(asha, SatBuddyTest.unique("one of all"));
      String bens = Tasks.message(server.as("ben@demo.test"), SatBuddyTest.unique("not hers"));
      socket.await(message -> isTask(message, task, "completed"));
      Tasks.awaitStatus(server.as("ben@demo.test"), bens, "completed");
      assertThat(socket.messages().toString()).doesNotContain(bens).doesNotContain("result");
    }
    String meanwhile = Tasks.message(asha, SatBuddyTest.unique("meanwhile"));
    Tasks.awaitStatus(asha, meanwhile, "completed");
    Tasks.awaitStatus(asha, before, "completed");
    try (Socket socket = Socket.open(asha)) {
      socket.send(json("{'followAll':true,'since':'%s'}", cursor));
      socket.await(message -> isTask(message, meanwhile, "completed"));
      socket.await(message -> isTask(message, before, "completed"));
    }
  }

  private static boolean isTask(JsonNode message, String task, String state) {
    return message.path("all").path("id").asString("").equals(task)
        && message.path("all").path("state").asString("").equals(state);
  }

  @Test
  void refusesWhatIsNoMessageOfTheProtocol() {
    for (String message :
        List.of(
            "x",
            "{}",
            "null",
            "[]",
            json("{'follow':1,'ping':1}"),
            json("{'follow':'a','after':-1}"),
            json("{'followAll':false}"),
            json("{'other':1}"))) {
      try (Socket socket = Socket.open(asha)) {
        assertThat(socket.send(message).awaitClose()).as(message).isEqualTo(1007);
      }
    }
    try (Socket socket = Socket.open(asha)) {
      assertThat(socket.send("\"" + "x".repeat(20_000) + "\"").awaitClose()).isEqualTo(1009);
    }
    try (Socket socket = Socket.open(asha)) {
      socket.send(json("{'followAll':true,'since':'nonsense'}"));
      socket.await(message -> message.path("problem").path("status").asInt(0) == 400);
    }
  }

  @Test
  void boundsWhatASocketFollowsAndHowManyThereAre() {
    Client trainer = server.as("trainer@demo.test");
    Gate gate = Gate.closed();
    TestServer.model().enqueue(ModelScript.hang(gate));
    String task = Tasks.message(trainer, SatBuddyTest.unique("many sockets"));
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        open.add(Socket.open(trainer));
      }
      assertThat(Socket.refused(trainer)).isEqualTo(429);
      Socket one = open.getFirst();
      one.follow(task, 0).send(json("{'unfollow':'%s'}", task)).send(json("{'ping':1}"));
      one.await(message -> message.has("pong"));
    } finally {
      open.forEach(Socket::close);
      gate.openForAll();
    }
    TaskStreams streams = server.bean(TaskStreams.class);
    await().until(() -> streams.size() == 0);
  }

  @Test
  void refusesMoreThanAHundredSubscriptionsAndGoesOnWithThose() {
    String later = String.join(",", Collections.nCopies(101, TextTasks.later("")));
    JsonNode batch =
        asha.post("/api/v1/batches", json("{'mode':'atomic','tasks':[%s]}", later)).json();
    List<String> tasks =
        batch.path("tasks").valueStream().map(task -> task.path("id").asString()).toList();
    assertThat(tasks).hasSize(101);

    try (Socket socket = Socket.open(asha)) {
      tasks.forEach(task -> socket.follow(task, 0));
      JsonNode refused = socket.await(message -> message.has("problem"));
      assertThat(refused.path("task").asString()).isEqualTo(tasks.getLast());
      assertThat(refused.path("problem").path("type").asString())
          .isEqualTo("urn:handoff:problem:too-many-subscriptions");

      socket.send(json("{'unfollow':'%s'}", tasks.getFirst())).follow(tasks.getLast(), 0);
      for (String task : tasks) {
        await().until(() -> socket.numbers(task).equals(List.of(1L)));
      }
      asha.post("/api/v1/batches/" + batch.path("id").asString() + "/cancel");
      tasks.stream().skip(1).forEach(socket::awaitEnd);
    }
  }

  @Test
  void opensOnlyForThoseWhoAreKnown() {
    Client anybody = server.anybody();
    String token = asha.headers().getLast().replace("Bearer ", "");
    String cookie = "handoff_access=" + token;
    String origin = anybody.baseUrl();

    assertThat(asha.get("/api/v1/live").status()).isEqualTo(426);
    assertThat(anybody.get("/api/v1/live").status()).isEqualTo(401);
    assertThat(Socket.refused(anybody)).isEqualTo(401);
    assertThat(Socket.refused(anybody.bearing("nonsense"))).isEqualTo(401);
    assertThat(Socket.refused(anybody, "Cookie", cookie)).isEqualTo(403);
    assertThat(Socket.refused(anybody, "Cookie", cookie, "Origin", "http://evil.test"))
        .isEqualTo(403);
    assertThat(Socket.refused(anybody, "Cookie", cookie, "Origin", "null")).isEqualTo(403);
    Socket.open(anybody, "Cookie", cookie, "Origin", origin).close();
    Socket.open(asha, "Origin", "http://elsewhere.test").close();
    try (Socket byProtocol = Socket.offering(anybody, "handoff.token." + token)) {
      assertThat(byProtocol.protocol()).isEqualTo("handoff.v1");
    }
  }

  @Test
  void aSlowReaderHoldsUpNobodyAndIsClosed() {
    Gate gate = Gate.closed();
    String piece = "x".repeat(50_000) + " ";
    String[] pieces = new String[60];
    Arrays.fill(pieces, piece);
    TestServer.model().enqueue(ModelScript.streamed(gate, pieces));
    String task = Tasks.message(asha, SatBuddyTest.unique("flood"));
    TaskStreams streams = server.bean(TaskStreams.class);

    try (Socket slow = Socket.open(asha);
        Socket quick = Socket.open(asha)) {
      slow.follow(task, 0).await(message -> message.has("event"));
      slow.pause();
      quick.follow(task, 0);
      gate.openForAll();
      quick.awaitEnd(task);
      assertThat(quick.numbers(task)).isEqualTo(oneTo(lastEvent(task)));
      await().until(() -> streams.size() == 1);
      assertThat(slow.numbers(task)).hasSizeLessThan(60);
    }
  }

  @Test
  void aNodeThatStopsSaysSo() {
    try (TestServer own = TestServer.start(TestServer.temporaryFolder(), "handoff.demo=true")) {
      Client there = own.as("asha@demo.test");
      try (Socket socket = Socket.open(there)) {
        socket.send(json("{'followAll':true}")).await(message -> message.has("cursor"));
        own.stop();
        assertThat(socket.awaitClose()).isEqualTo(1012);
      }
    }
  }

  @Test
  void aTokenThatExpiresEndsItsSocket() {
    try (TestServer own =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.accounts.access-token-lifetime=3s",
            "handoff.streams.ping-every=400ms")) {
      try (Socket socket = Socket.open(own.as("asha@demo.test"))) {
        assertThat(socket.awaitClose()).isEqualTo(4401);
      }
    }
  }
}
