package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The stream of all tasks of a caller.
@OnBothStores
final class AllTasksTest {
  private static final Pattern EVENT =
      Pattern.compile("id: (t\\w+)\nevent: task\ndata: (\\{.*})\n\n");
  private static final Pattern ID = Pattern.compile("id: (t\\w+)\n");
  private static final String ALL = "/api/v1/events";

  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");

  private static List<JsonNode> tasksIn(String stream) {
    List<JsonNode> tasks = new ArrayList<>();
    EVENT
        .matcher(stream)
        .results()
        .forEach(found -> tasks.add(JsonMapper.shared().readTree(found.group(2))));
    return tasks;
  }

  private static String lastId(String stream) {
    return ID.matcher(stream).results().toList().getLast().group(1);
  }

  private static String heard(Listener listener, String task, String state) {
    return listener.hear(
        Pattern.compile(json("data: \\{'id':'%s'[^\n]*'state':'%s'[^\n]*\n\n", task, state)));
  }

  @Test
  void tellsEachTaskAsItStandsAndGoesOn() {
    Gate gate = Gate.closed();
    TestServer.model().enqueue(ModelScript.streamed(gate, "one ", "two"));
    String open = Tasks.message(asha, SatBuddyTest.unique("open"));
    String cursor;
    try (Listener listener = Listener.at(asha, ALL)) {
      listener.hear("id: t");
      heard(listener, open, "processing");
      gate.openForAll();
      heard(listener, open, "completed");
      String fresh = Tasks.message(asha, SatBuddyTest.unique("fresh"));
      String text = heard(listener, fresh, "completed");
      listener.hear(": ping\n\n");
      cursor = lastId(text);
      List<Long> numbers =
          tasksIn(text).stream()
              .filter(task -> task.path("id").asString("").equals(open))
              .map(task -> task.path("lastEvent").asLong())
              .toList();
      assertThat(numbers).isSorted();
      assertThat(text).doesNotContain("result").doesNotContain("owner");
    }

    String meanwhile = Tasks.message(asha, SatBuddyTest.unique("meanwhile"));
    Tasks.awaitStatus(asha, meanwhile, "completed");

    try (Listener again = Listener.at(asha, ALL, "Last-Event-ID: " + cursor)) {
      heard(again, meanwhile, "completed");
    }
    try (Listener again = Listener.at(asha, ALL + "?after=" + cursor)) {
      heard(again, meanwhile, "completed");
    }
    assertThat(asha.get(ALL + "?after=7").status()).isEqualTo(400);
    assertThat(server.anybody().get(ALL).status()).isEqualTo(401);
  }

  @Test
  void tellsNobodyElsesTasks() {
    Client ben = server.as("ben@demo.test");
    try (Listener listener = Listener.at(ben, ALL)) {
      listener.hear("id: t");
      String ashas = Tasks.message(asha, SatBuddyTest.unique("asha's"));
      Tasks.awaitStatus(asha, ashas, "completed");
      String bens = Tasks.message(ben, SatBuddyTest.unique("ben's"));
      assertThat(heard(listener, bens, "completed")).doesNotContain(ashas);
    }
  }

  @Test
  void aNodeThatStopsEndsIt() {
    try (TestServer own = TestServer.start(TestServer.temporaryFolder(), "handoff.demo=true")) {
      try (Listener listener = Listener.at(own.as("asha@demo.test"), ALL)) {
        listener.hear("id: t");
        own.stop();
        assertThat(listener.hearToTheEnd()).doesNotContain("(cut)");
      }
    }
  }
}
