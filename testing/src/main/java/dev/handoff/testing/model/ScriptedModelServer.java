package dev.handoff.testing.model;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A provider on this machine that speaks OpenAI's `POST /v1/chat/completions`, plain and
/// streaming, and plays one [ModelScript] a call: those enqueued in order, then the default one (an
/// answer that repeats the question). Usage counts words. Safe for use by many threads; every call
/// has its own virtual thread.
public final class ScriptedModelServer implements AutoCloseable {
  /// The bearer token that counts as right. Others are served as well, but recorded as wrong.
  public static final String KEY = "scripted-key-f3a9";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static {
    // Else small chunks wait 40 ms for each other.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<ModelScript> scripts = new ConcurrentLinkedQueue<>();
  private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final AtomicInteger disconnects = new AtomicInteger();
  private volatile ModelScript byDefault =
      ModelScript.decide(request -> ModelScript.answer("You said: " + request.lastUserText()));
  private volatile boolean closing;

  private ScriptedModelServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " is taken; choose another", e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::handle);
    server.start();
  }

  /// Starts on a free port of the loopback interface.
  public static ScriptedModelServer start() {
    return new ScriptedModelServer(0);
  }

  /// Starts on this port of the loopback interface; 0 takes a free one.
  public static ScriptedModelServer start(int port) {
    return new ScriptedModelServer(port);
  }

  /// What `handoff.ai.base-url` has to be, such as `http://127.0.0.1:41234/v1`.
  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /// Adds scripts for the next calls, one each.
  public ScriptedModelServer enqueue(ModelScript... next) {
    scripts.addAll(List.of(next));
    return this;
  }

  /// Drops the scripts that wait for calls; those under way go on.
  public ScriptedModelServer clear() {
    scripts.clear();
    return this;
  }

  /// Plays this whenever no script is waiting.
  public ScriptedModelServer byDefault(ModelScript script) {
    byDefault = script;
    return this;
  }

  /// All calls so far, in the order they came.
  public List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  /// How many calls are under way now.
  public int openCalls() {
    return open.get();
  }

  /// The most calls that were under way at the same time.
  public int mostOpenCalls() {
    return mostOpen.get();
  }

  /// How many callers hung up before their answer was complete.
  public int disconnects() {
    return disconnects.get();
  }

  /// Stops at once; calls under way lose their connection.
  @Override
  public void close() {
    closing = true;
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try {
      ModelRequest request = read(exchange);
      requests.add(request);
      ModelScript next = scripts.poll();
      new ModelWire(exchange, request, () -> closing).play(next == null ? byDefault : next);
    } catch (JacksonException | IllegalArgumentException e) {
      exchange.sendResponseHeaders(400, -1);
    } catch (ModelWire.DroppedException e) {
      throw e; // An exception makes the JDK's server cut the connection.
    } catch (IOException e) {
      disconnects.incrementAndGet();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  private static ModelRequest read(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    Headers sent = exchange.getRequestHeaders();
    sent.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers.remove("authorization");
    boolean authorized = ("Bearer " + KEY).equals(sent.getFirst("Authorization"));
    var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    return new ModelRequest(body, Map.copyOf(headers), authorized);
  }
}
