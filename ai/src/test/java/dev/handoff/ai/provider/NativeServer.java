package dev.handoff.ai.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on this machine that plays one scripted answer a call, in whatever wire it is written.
final class NativeServer implements AutoCloseable {
  /// What is answered: each piece is sent at once, and the last one waits until the caller hangs up
  /// where the answer hangs.
  record NativeAnswer(
      int status, Map<String, String> headers, List<String> pieces, boolean hangs) {}

  /// What was asked.
  record NativeRequest(String path, Map<String, List<String>> headers, JsonNode body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<NativeAnswer> scripts = new ConcurrentLinkedQueue<>();
  private final List<NativeRequest> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger disconnects = new AtomicInteger();

  NativeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  NativeServer answer(int status, Map<String, String> headers, String... pieces) {
    scripts.add(new NativeAnswer(status, headers, List.of(pieces), false));
    return this;
  }

  NativeServer hangAfter(Map<String, String> headers, String... pieces) {
    scripts.add(new NativeAnswer(200, headers, List.of(pieces), true));
    return this;
  }

  List<NativeRequest> asked() {
    return List.copyOf(asked);
  }

  int disconnects() {
    return disconnects.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    asked.add(
        new NativeRequest(
            exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
    NativeAnswer script = scripts.remove();
    script.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(script.status(), 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String piece : script.pieces()) {
        out.write(piece.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      while (script.hangs()) {
        LockSupport.parkNanos(20_000_000);
        out.write('\n');
        out.flush();
      }
    } catch (IOException e) {
      disconnects.incrementAndGet();
      throw e;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
