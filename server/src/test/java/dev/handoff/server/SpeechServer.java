package dev.handoff.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider on this machine that speaks OpenAI's `POST /v1/audio/transcriptions`: it hears the
/// same three sentences in everything, the second of them badly.
final class SpeechServer implements AutoCloseable {
  static final String HEARD =
      """
      {"task": "transcribe", "language": "english", "duration": 20.0,
       "text": "Welcome to the check. Mumbled. Press the green button on the panel.",
       "segments": [
         {"id": 0, "start": 0.0, "end": 4.0, "text": " Welcome to the check.", "avg_logprob": -0.1},
         {"id": 1, "start": 4.0, "end": 8.0, "text": " Mumbled.", "avg_logprob": -2.0},
         {"id": 2, "start": 9.0, "end": 14.0, "text": " Press the green button on the panel.",
          "avg_logprob": -0.2}]}
      """;

  private final HttpServer server;
  private final List<byte[]> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  SpeechServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/audio/transcriptions",
        exchange -> {
          requests.add(exchange.getRequestBody().readAllBytes());
          boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          byte[] answer = (fails ? "{}" : HEARD).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(fails ? 500 : 200, answer.length);
          try (var body = exchange.getResponseBody()) {
            body.write(answer);
          }
        });
    server.start();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /// The bodies of all calls so far.
  List<byte[]> requests() {
    return List.copyOf(requests);
  }

  /// So many calls get a 500 from now on.
  void failNext(int calls) {
    failures.set(calls);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
