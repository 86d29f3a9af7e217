package dev.handoff.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A demo account that calls a server's process without a browser.
final class Direct implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ServerProcess server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String token;

  private Direct(ServerProcess server, String username) throws Exception {
    this.server = server;
    String account = "{\"username\":\"" + username + "\",\"password\":\"handoff\"}";
    this.token = send("/api/auth/login/", account, "").path("access").asString();
  }

  static Direct as(String username, ServerProcess server) throws Exception {
    return new Direct(server, username);
  }

  String token() {
    return token;
  }

  /// The answer to a GET, or to a POST of this body.
  JsonNode get(String path) throws Exception {
    return answer(HttpRequest.newBuilder(server.url(path)), token);
  }

  JsonNode post(String path, String json) throws Exception {
    return send(path, json, token);
  }

  private JsonNode send(String path, String json, String bearer) throws Exception {
    return answer(
        HttpRequest.newBuilder(server.url(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)),
        bearer);
  }

  private JsonNode answer(HttpRequest.Builder request, String bearer) throws Exception {
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
