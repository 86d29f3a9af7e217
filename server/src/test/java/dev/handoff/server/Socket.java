package dev.handoff.server;

import static dev.handoff.server.JsonText.json;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A WebSocket of somebody who calls a server, and the messages it received.
final class Socket implements AutoCloseable, WebSocket.Listener {
  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;
  private volatile boolean reading = true;

  private Socket(Client client, List<String> more, List<String> headers) {
    WebSocket.Builder builder = client.http().newWebSocketBuilder();
    List<String> all = new ArrayList<>(client.headers());
    all.addAll(headers);
    for (int i = 0; i < all.size(); i += 2) {
      builder.header(all.get(i), all.get(i + 1));
    }
    socket =
        builder
            .subprotocols("handoff.v1", more.toArray(String[]::new))
            .buildAsync(URI.create(client.baseUrl().replace("http:", "ws:") + "/api/v1/live"), this)
            .orTimeout(TestServer.PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  static Socket open(Client client) {
    return new Socket(client, List.of(), List.of());
  }

  /// With headers as name and value in turn.
  static Socket open(Client client, String... headers) {
    return new Socket(client, List.of(), List.of(headers));
  }

  static Socket offering(Client client, String protocol) {
    return new Socket(client, List.of(protocol), List.of());
  }

  /// The status with which it is refused.
  static int refused(Client client, String... headers) {
    try (Socket unexpected = open(client, headers)) {
      throw new AssertionError("was opened: " + unexpected.protocol());
    } catch (CompletionException e) {
      if (e.getCause() instanceof java.net.http.WebSocketHandshakeException refusal) {
        return refusal.getResponse().statusCode();
      }
      throw e;
    }
  }

  String protocol() {
    return socket.getSubprotocol();
  }

  Socket send(String message) {
    socket.sendText(message, true).orTimeout(30, TimeUnit.SECONDS).join();
    return this;
  }

  Socket follow(String task, long after) {
    return send(json("{'follow':'%s','after':%s}", task, after));
  }

  /// Takes nothing more until it is resumed.
  void pause() {
    reading = false;
  }

  void resume() {
    reading = true;
    socket.request(1);
  }

  List<JsonNode> messages() {
    return List.copyOf(messages);
  }

  /// Waits for a message that is so.
  JsonNode await(Predicate<JsonNode> wanted) {
    return Awaitility.await()
        .until(
            () -> messages.stream().filter(wanted).findFirst().orElse(null),
            found -> found != null);
  }

  JsonNode awaitEnd(String task) {
    return await(message -> isOf(message, task) && message.path("end").asBoolean(false));
  }

  static boolean isOf(JsonNode message, String task) {
    return message.path("task").asString("").equals(task);
  }

  /// The numbers of the task's events in the order in which they came.
  List<Long> numbers(String task) {
    return messages.stream()
        .filter(message -> isOf(message, task) && message.has("event"))
        .map(message -> message.path("event").path("seq").asLong())
        .toList();
  }

  /// The code with which it is closed.
  int awaitClose() {
    return closed.orTimeout(TestServer.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /// Ends without a goodbye, as a cut connection does.
  void kill() {
    socket.abort();
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      messages.add(JsonMapper.shared().readTree(part.toString()));
      part.setLength(0);
    }
    if (reading) {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, java.nio.ByteBuffer message) {
    if (reading) {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
