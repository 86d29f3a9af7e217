package dev.handoff.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server of somebody else's that webhooks lead to, on this machine: takes messages, or answers
/// what it is told to, and remembers all that came.
final class Receiver implements AutoCloseable {
  /// A message as it came.
  record ReceivedMessage(Map<String, List<String>> headers, String path, String body) {
    String id() {
      return header("Webhook-id");
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    String type() {
      return json().path("type").asString("");
    }
  }

  private record Reply(int status, Map<String, String> headers) {}

  private final HttpServer http;
  private final List<ReceivedMessage> messages = new CopyOnWriteArrayList<>();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Receiver(HttpServer http) {
    this.http = http;
  }

  static Receiver start() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Receiver receiver = new Receiver(http);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/", receiver::take);
      http.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Reply reply = replies.poll();
      messages.add(
          new ReceivedMessage(
              Map.copyOf(exchange.getRequestHeaders()), exchange.getRequestURI().getPath(), body));
      if (reply != null && reply.status() == 0) {
        ended.await();
      }
      if (reply != null) {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
      }
      exchange.sendResponseHeaders(reply == null ? 200 : reply.status(), -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Answers the next message so; those after the last reply are taken with 200.
  void answers(int status, Map<String, String> headers) {
    replies.add(new Reply(status, headers));
  }

  void answers(int status) {
    answers(status, Map.of());
  }

  /// Never answers the next message.
  void hangs() {
    answers(0);
  }

  int port() {
    return http.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  List<ReceivedMessage> messages() {
    return List.copyOf(messages);
  }

  /// The messages, as soon as there are so many.
  List<ReceivedMessage> await(int count) {
    Awaitility.await().until(() -> messages.size() >= count);
    return messages();
  }

  @Override
  public void close() {
    ended.countDown();
    http.stop(0);
  }
}
