package dev.handoff.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Somebody who calls a server, with the headers that they always send. Immutable.
record Client(HttpClient http, String baseUrl, List<String> headers) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  Client with(String... more) {
    return new Client(http, baseUrl, Stream.concat(headers.stream(), Arrays.stream(more)).toList());
  }

  Client bearing(String token) {
    return with("Authorization", "Bearer " + token);
  }

  HttpAnswer get(String path) {
    return send(request(path).GET());
  }

  HttpAnswer post(String path, String json) {
    return send(request(path).header("Content-Type", "application/json").POST(text(json)));
  }

  HttpAnswer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  HttpAnswer call(String method, String path, String contentType, byte[] body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofByteArray(body)));
  }

  /// Sends a file in a form's field.
  HttpAnswer upload(String path, String field, String fileName, byte[] content) {
    String boundary = "b0undary";
    String head =
        String.join(
            "\r\n",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"" + field + "\"; filename=\"" + fileName + "\"",
            "Content-Type: application/octet-stream",
            "",
            "");
    String tail = "\r\n--" + boundary + "--\r\n";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
    return call("POST", path, "multipart/form-data; boundary=" + boundary, body.toByteArray());
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(PATIENCE);
    return headers.isEmpty() ? request : request.headers(headers.toArray(String[]::new));
  }

  HttpAnswer send(HttpRequest.Builder request) {
    try {
      return new HttpAnswer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.BodyPublisher text(String json) {
    return BodyPublishers.ofString(json);
  }
}
