package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one PostgreSQL database: one takes requests, the other does the work.
final class PostgresNodesTest {
  @Test
  void whatOneNodeTakesTheOtherDoesAndBothTell(@TempDir Path folder) {
    TestDatabase database = PostgresServer.shared().newDatabase();
    try (ScriptedModelServer model = ScriptedModelServer.start();
        TestServer front = node(folder.resolve("front"), database, model, "handoff.role=api");
        TestServer back = node(folder.resolve("back"), database, model, "handoff.role=worker")) {
      Client asha = front.as("asha@demo.test");
      Client ashaAtTheOther = back.anybody().bearing(token(asha));
      Client ben = back.as("ben@demo.test");

      Gate gate = Gate.closed();
      model.enqueue(ModelScript.streamed(gate, "one ", "two ", "three"));
      String task = Tasks.message(asha, SatBuddyTest.unique("live"));
      try (Listener listener = new Listener(asha, task, "")) {
        gate.pass();
        assertThat(listener.hear("\"one \"")).doesNotContain("two");
        gate.openForAll();
        listener.hear("event: taskCompleted");
      }
      for (Client here : List.of(asha, ashaAtTheOther)) {
        assertThat(Tasks.poll(here, task).text("response")).isEqualTo("one two three");
      }
      List<String> notBens = new ArrayList<>();
      for (String id : List.of(task, UUID.randomUUID().toString(), "x")) {
        notBens.add(Tasks.poll(ben, id).toString());
      }
      assertThat(notBens)
          .containsOnly(Tasks.poll(ben, "y").toString())
          .allMatch(answer -> answer.startsWith("404 "));

      try (Socket all = Socket.open(ashaAtTheOther)) {
        all.send(json("{'followAll':true}")).await(message -> message.has("cursor"));
        String fresh = Tasks.message(asha, SatBuddyTest.unique("seen on the other node"));
        all.follow(fresh, 0).awaitEnd(fresh);
        all.await(message ->
            message.path("all").path("id").asString("").equals(fresh)
                && message.path("all").path("state").asString("").equals("completed"));
        long last = asha.get("/api/v1/tasks/" + fresh).json().path("lastEvent").asLong();
        assertThat(all.numbers(fresh)).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
      }

      Gate hanging = Gate.closed();
      model.enqueue(ModelScript.hang(hanging));
      String unwanted = Tasks.message(asha, SatBuddyTest.unique("cancel me"));
      try (Listener listener = new Listener(ashaAtTheOther, unwanted, "")) {
        listener.hear("attemptStarted");
        assertThat(asha.post("/api/v1/tasks/" + unwanted + "/cancel").text("state"))
            .isEqualTo("cancelled");
        listener.hear("event: taskCancelled");
      }
      hanging.openForAll();
    }
    database.drop();
  }

  private static String token(Client client) {
    return client.headers().getLast().replace("Bearer ", "");
  }

  private static TestServer node(
      Path folder, TestDatabase database, ScriptedModelServer model, String role) {
    return TestServer.start(
        folder,
        database,
        "handoff.demo=true",
        "handoff.ai.provider=openai",
        "handoff.ai.base-url=" + model.baseUrl(),
        "handoff.ai.api-key=" + ScriptedModelServer.KEY,
        role);
  }
}
