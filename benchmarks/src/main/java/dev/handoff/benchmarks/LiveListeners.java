package dev.handoff.benchmarks;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// 10,000 open streams of one node while 100 tasks emit 20 pieces a second each: the live heap of a
/// listener, and how long a piece takes from the model's answer to a listener's socket, after ten
/// seconds of the same. Once with one listener for each task while the others listen to a task that
/// says nothing, and once with all of them spread over the 100 tasks. Listeners and model share
/// this process.
final class LiveListeners {
  private static final int LISTENERS = 10_000;
  private static final int TASKS = 100;
  private static final int PIECES = 600;
  // Said before the clock starts, so that the server's code is compiled.
  private static final int WARM_UP = 200;
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final Duration AFTERWARDS = Duration.ofSeconds(5);
  private static final Pattern PIECE = Pattern.compile("\"text\":\"t(\\d+)-p(\\d+) \"");

  private final LocalServer server;
  private final Gate[] gates = new Gate[TASKS];
  private final long[][] emittedAt = new long[TASKS][PIECES];
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private long[] waits = new long[1 << 20];
  private int heard;

  private LiveListeners(LocalServer server) throws IOException {
    this.server = server;
  }

  static void run(Path project) throws Exception {
    run(project, TASKS, "one listener a task, the others idle");
    run(project, LISTENERS, "all spread over the tasks");
  }

  private static void run(Path project, int active, String shape) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start();
        LocalServer server =
            LocalServer.start(
                project,
                model.byDefault(ModelScript.hang(Gate.closed())).baseUrl(),
                "--handoff.streams.per-owner=20000",
                "--handoff.streams.per-node=20000",
                "--handoff.worker.concurrency=200",
                "--handoff.systems.sat-buddy.run-limit=10m")) {
      new LiveListeners(server).measure(model, active, shape);
    }
  }

  private void measure(ScriptedModelServer model, int active, String shape) throws Exception {
    String token = server.login("asha@demo.test");
    List<String> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      gates[i] = Gate.closed();
      model.enqueue(ModelScript.streamed(gates[i], pieces(i)));
      int before = model.requests().size();
      tasks.add(server.ask(token, "tell " + i));
      while (model.requests().size() == before) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    String idle = server.ask(token, "say nothing");
    long heapBefore = server.liveHeap();
    for (int i = 0; i < LISTENERS; i++) {
      listen(i < active ? tasks.get(i % TASKS) : idle, token);
    }
    double heap = (server.liveHeap() - heapBefore) / 1024.0 / LISTENERS;
    Thread emitter = Thread.ofPlatform().name("emitter").start(this::emit);
    long counted = (long) active * (PIECES - WARM_UP);
    hear(emitter, counted);
    emitter.join();
    long[] sorted = Arrays.copyOf(waits, heard);
    Arrays.sort(sorted);
    Figures.print("live heap of a listener, " + shape, "KiB", heap);
    Figures.print("  pieces received", "of all", heard / (double) counted);
    Figures.print("  emitted to received, median", "ms", Figures.percentile(sorted, 0.5));
    Figures.print("  emitted to received, 99 of 100", "ms", Figures.percentile(sorted, 0.99));
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private static String[] pieces(int task) {
    String[] pieces = new String[PIECES];
    Arrays.setAll(pieces, piece -> "t" + task + "-p" + piece + " ");
    return pieces;
  }

  private void emit() {
    long next = System.nanoTime();
    for (int piece = 0; piece < PIECES; piece++) {
      for (int task = 0; task < TASKS; task++) {
        emittedAt[task][piece] = System.nanoTime();
        gates[task].pass();
      }
      next += BETWEEN.toNanos();
      LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
    }
  }

  private void hear(Thread emitter, long expected) throws IOException {
    long end = Long.MAX_VALUE;
    while (heard < expected && System.nanoTime() < end) {
      if (end == Long.MAX_VALUE && !emitter.isAlive()) {
        end = System.nanoTime() + AFTERWARDS.toNanos();
      }
      var _ = selector.select(this::read, 100);
    }
  }

  private void read(SelectionKey key) {
    try {
      buffer.clear();
      if (((SocketChannel) key.channel()).read(buffer) < 0) {
        key.cancel();
        return;
      }
    } catch (IOException cut) {
      key.cancel();
      return;
    }
    long now = System.nanoTime();
    String text =
        key.attachment() + new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    int whole = text.lastIndexOf('\n') + 1;
    Matcher pieces = PIECE.matcher(text).region(0, whole);
    while (pieces.find()) {
      int piece = Integer.parseInt(pieces.group(2));
      if (piece >= WARM_UP) {
        note(now - emittedAt[Integer.parseInt(pieces.group(1))][piece]);
      }
    }
    key.attach(text.substring(whole));
  }

  private void note(long wait) {
    if (heard == waits.length) {
      waits = Arrays.copyOf(waits, heard * 2);
    }
    waits[heard++] = wait;
  }

  private void listen(String task, String token) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    String request =
        "GET /api/v1/tasks/"
            + task
            + "/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    buffer.clear();
    int read = channel.read(buffer);
    String answer = new String(buffer.array(), 0, Math.max(0, read), StandardCharsets.UTF_8);
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException("a stream was refused: " + answer);
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, "");
  }
}
