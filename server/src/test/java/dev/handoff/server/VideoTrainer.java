package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A trainer who uploads videos over HTTP.
record VideoTrainer(Client client) {
  static final String ANALYSIS =
      """
      {"title": "Checking a forklift", "description": "How to check a forklift before a shift.",
       "transcript": "", "steps": [
         {"timestamp": 0, "title": "Look at the panel", "description": "The panel is on the right.",
          "duration": 8},
         {"timestamp": "0:08", "title": "Raise the fork", "description": "Use the lever.",
          "duration": 6},
         {"timestamp": 14, "title": "Check the brakes", "description": "Push both pedals."}],
       "totalDuration": 20}
      """;

  /// A model that finds steps in every video and rewords them in capitals.
  static final ModelScript ANALYST = ModelScript.decide(VideoTrainer::written);

  private static ModelScript written(ModelRequest request) {
    String asked = request.lastUserText();
    if (asked.contains("Reword each of these")) {
      int count = Integer.parseInt(asked.replaceAll("(?s).*exactly (\\d+) steps.*", "$1"));
      List<String> steps = new ArrayList<>();
      for (int number = 1; number <= count; number++) {
        steps.add(json("{'title': 'Better %d', 'description': 'Shorter %d.'}", number, number));
      }
      return ModelScript.answer("{\"steps\": [" + String.join(",", steps) + "]}");
    }
    if (asked.contains("Make a training module")) {
      return ModelScript.answer(ANALYSIS);
    }
    return ModelScript.answer("The brakes are checked in step 3.");
  }

  /// What a part of a form says of itself.
  record FormPart(String field, String fileName, String contentType) {
    static FormPart video(String fileName) {
      return new FormPart("file", fileName, "video/mp4");
    }
  }

  HttpAnswer upload(FormPart part, byte[] content) {
    return upload(client, part, content);
  }

  static HttpAnswer upload(Client client, FormPart part, byte[] content) {
    return client.call(
        "POST", "/api/upload", "multipart/form-data; boundary=b0undary", form(part, content));
  }

  static byte[] form(FormPart part, byte[] content) {
    String head =
        "--b0undary\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                .formatted(part.field(), part.fileName())
            + "Content-Type: "
            + part.contentType()
            + "\r\n\r\n";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n--b0undary--\r\n".getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  /// Uploads this video under this name; gives the module's id.
  String uploaded(String name, Path video) {
    return accepted(upload(FormPart.video(name), Videos.bytes(video)));
  }

  static String accepted(HttpAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.text("moduleId");
  }

  HttpAnswer status(String id) {
    return client.get("/api/upload/status/" + id);
  }

  JsonNode awaitStatus(String id, String wanted) {
    return await()
        .until(
            () -> status(id).json(),
            status -> {
              String word = status.path("status").asString("");
              if (!wanted.equals("failed")) {
                assertThat(word).as(status.toString()).isNotEqualTo("failed");
              }
              return word.equals(wanted);
            });
  }

  /// A video, uploaded and made ready; gives the module's id.
  String ready(Path video) {
    String id = uploaded("forklift.mp4", video);
    var _ = awaitStatus(id, "ready");
    return id;
  }

  /// Shares a module with its transcript; gives the token.
  String share(String id) {
    HttpAnswer answer = client.post("/api/modules/" + id + "/shares", json("{'transcript':true}"));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.text("token");
  }

  HttpAnswer delete(String id) {
    return client.send(client.request("/api/modules/" + id).DELETE());
  }

  HttpAnswer put(String path, String json) {
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  JsonNode steps(String id) {
    return client.get("/api/steps/" + id).json().path("steps");
  }

  /// The titles of its steps, in order.
  List<String> titles(String id) {
    return steps(id).valueStream().map(step -> step.path("title").asString("")).toList();
  }
}
