package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// SAT Buddy's tasks as its clients see them.
final class Tasks {
  private Tasks() {}

  static String message(Client client, String text) {
    return taken(client.post("/ai/chat/message/", json("{'message':'%s'}", text)));
  }

  static String question(Client client, String topic) {
    return taken(
        client.post("/ai/generate-question/", json("{'topic':'%s','difficulty':'easy'}", topic)));
  }

  static String taken(HttpAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().path("success").asBoolean()).isTrue();
    assertThat(answer.text("status")).isEqualTo("processing");
    return answer.text("task_id");
  }

  /// Until the model has been asked with this text.
  static void awaitAsked(String text) {
    Awaitility.await()
        .until(() ->
            TestServer.model().requests().stream()
                .anyMatch(asked -> asked.body().toString().contains(text)));
  }

  static HttpAnswer poll(Client client, String task) {
    return client.get("/ai/task/" + task + "/");
  }

  static HttpAnswer awaitStatus(Client client, String task, String status) {
    return await(client, task, answer -> answer.text("status").equals(status));
  }

  static HttpAnswer await(Client client, String task, Predicate<HttpAnswer> condition) {
    return Awaitility.await().until(() -> poll(client, task), condition);
  }
}
