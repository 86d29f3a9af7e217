package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/// Tasks of the type `text` as clients of the API see them.
final class TextTasks {
  static final String TASKS = "/api/v1/tasks";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TextTasks() {}

  /// A body that no other test has sent.
  static String body() {
    return body("Say it, number " + NUMBER.incrementAndGet());
  }

  static String body(String input) {
    return json("{'type':'text','request':{'input':'%s'}}", input);
  }

  /// One that is not due for a hundred years.
  static String later(String more) {
    return """
    {"type":"text","request":{"input":"later"},"startAt":"2130-01-01T00:00:00Z"%s}\
    """
        .formatted(more);
  }

  /// Submits it.
  ///
  /// @return its id
  static String submit(Client client, String body) {
    HttpAnswer answer = client.post(TASKS, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    return answer.text("id");
  }

  static HttpAnswer await(Client client, String task, String state) {
    return Awaitility.await()
        .until(() -> client.get(TASKS + "/" + task), answer -> answer.text("state").equals(state));
  }
}
