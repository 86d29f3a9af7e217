package com.example.meetings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole application in its own process, driven over HTTP.
final class MeetingsApplicationTest {
  private static final String NOTES =
      "Planning\\n- ship on friday\\n- asha writes the tests\\n- ben calls the customer\\n- no meeting"
          + " on monday\\n- the budget is approved\\n- cake for everybody";
  private static final String SUMMARY =
      "Ship on friday. Asha writes the tests. Ben calls the customer. No meeting on monday. The"
          + " budget is approved. Cake for everybody. ";

  @Test
  void worksOnSqlite(@TempDir Path folder) throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("meetings.db");
    try (MeetingsProcess app = new MeetingsProcess(folder, "spring.datasource.url=" + url)) {
      app.start();
      works(app, () -> DriverManager.getConnection(url));
    }
  }

  @Test
  void worksOnPostgres(@TempDir Path folder) throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    try (MeetingsProcess app =
        new MeetingsProcess(
            folder,
            "spring.datasource.url=" + data.url(),
            "spring.datasource.username=" + data.username(),
            "spring.datasource.password=" + data.password(),
            "handoff.store.connections=6")) {
      app.start();
      works(app, data::connect);
      assertThat(folder).isDirectoryNotContaining("glob:**.db");
    } finally {
      data.drop();
    }
  }

  private interface Connecting {
    Connection connect() throws SQLException;
  }

  private static void works(MeetingsProcess app, Connecting database) throws Exception {
    JsonNode meeting = add(app, "Monday");
    String task = meeting.get("task").asString();
    String taskPath = "/handoff/tasks/" + task;

    List<String> streamed = chunks(app, taskPath);
    assertThat(String.join("", streamed)).isEqualTo(SUMMARY);
    assertThat(streamed).hasSize(6);
    JsonNode ended = app.json("asha", taskPath);
    assertThat(ended.get("state").asString()).isEqualTo("completed");
    assertThat(ended.get("result").get("text").asString()).isEqualTo(SUMMARY);
    String summary =
        app.json("asha", "/meetings/" + meeting.get("id").asString()).get("summary").asString();
    assertThat(summary).isEqualTo(SUMMARY);

    isolatesUsers(app, taskPath);
    rollsBack(app, database);
    measures(app);
    survivesItsDeath(app);
  }

  private static JsonNode add(MeetingsProcess app, String title) throws Exception {
    var answer = app.post("asha", "/meetings", json(title));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String json(String title) {
    return "{\"title\":\"" + title + "\",\"notes\":\"" + NOTES + "\"}";
  }

  private static List<String> chunks(MeetingsProcess app, String taskPath) throws Exception {
    try (Stream<String> lines = app.stream("asha", taskPath + "/events")) {
      return lines
          .filter(line -> line.startsWith("data:"))
          .map(line -> JsonMapper.shared().readTree(line.substring("data:".length())))
          .filter(event -> event.path("type").asString("").equals("chunkEmitted"))
          .map(event -> event.get("text").asString())
          .toList();
    }
  }

  private static void isolatesUsers(MeetingsProcess app, String taskPath) throws Exception {
    assertThat(app.get("ben", taskPath).statusCode()).isEqualTo(404);
    assertThat(app.get("ben", taskPath + "/events").statusCode()).isEqualTo(404);
    assertThat(app.statusOfAnybody(taskPath)).isEqualTo(401);
  }

  private static void rollsBack(MeetingsProcess app, Connecting database) throws Exception {
    int before = tasks(database);
    assertThat(app.post("asha", "/meetings", json("Monday")).statusCode()).isEqualTo(409);
    assertThat(tasks(database)).isEqualTo(before);
  }

  private static int tasks(Connecting database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from handoff_task")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static void measures(MeetingsProcess app) throws Exception {
    for (String meter :
        List.of(
            "handoff.submitted",
            "handoff.attempt",
            "handoff.handle",
            "handoff.tasks",
            "handoff.streams",
            "handoff.node.followers")) {
      assertThat(app.get("asha", "/actuator/metrics/" + meter).statusCode())
          .as(meter)
          .isEqualTo(200);
    }
  }

  private static void survivesItsDeath(MeetingsProcess app) throws Exception {
    JsonNode meeting = add(app, "Tuesday");
    String taskPath = "/handoff/tasks/" + meeting.get("task").asString();
    await()
        .atMost(MeetingsProcess.PATIENCE)
        .until(() -> app.json("asha", taskPath).get("progress").get("percent").asInt() > 20);
    app.kill();
    app.start();

    await()
        .atMost(MeetingsProcess.PATIENCE)
        .until(() -> app.json("asha", taskPath).get("state").asString().equals("completed"));
    JsonNode ended = app.json("asha", taskPath);
    assertThat(ended.get("result").get("text").asString()).isEqualTo(SUMMARY);
    try (Stream<String> lines = app.stream("asha", taskPath + "/events?after=0")) {
      List<String> all = lines.toList();
      assertThat(all.stream().filter(line -> line.contains("The notes are read"))).hasSize(1);
      List<Long> numbers =
          all.stream()
              .filter(line -> line.startsWith("id:"))
              .map(line -> Long.parseLong(line.substring("id:".length()).strip()))
              .toList();
      assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }
  }
}
