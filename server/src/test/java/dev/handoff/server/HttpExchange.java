package dev.handoff.server;

import static dev.handoff.server.JsonText.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// What a call answered, read to its end unless it is a stream, of which only the head is.
record HttpExchange(int status, String contentType, String body, HttpResponse<?> response) {
  static HttpExchange of(Client client, HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response =
          client.http().send(request.build(), BodyHandlers.ofInputStream());
      String type = response.headers().firstValue("content-type").orElse("");
      try (InputStream body = response.body()) {
        String text =
            type.startsWith("text/event-stream")
                ? ""
                : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        return new HttpExchange(response.statusCode(), type, text, response);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isProblem(String name) {
    return contentType.equals("application/problem+json")
        && body.startsWith(json("{'type':'urn:handoff:problem:%s'", name));
  }

  @Override
  public String toString() {
    return status + " " + contentType + " " + body;
  }
}
