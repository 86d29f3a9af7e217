package dev.handoff.spring.live;

import dev.handoff.EventSubscriber;
import dev.handoff.Handoff;
import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.Subscription;
import dev.handoff.Task;
import dev.handoff.TaskOwner;
import dev.handoff.TaskSummary;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.spring.wire.LiveCall;
import dev.handoff.spring.wire.LiveFrame;
import dev.handoff.spring.wire.PlaceView;
import dev.handoff.spring.wire.TaskSummaryView;
import dev.handoff.spring.wire.WireJson;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// One WebSocket and its subscriptions. A message is read when the one before was handled, and
/// events are taken from the engine as fast as they are written, so nothing is queued here. Safe
/// for use by many threads. Public for Jetty, which calls its methods by name.
public final class LiveSocket implements Session.Listener, OpenStream {
  /// The largest number of subscriptions of a socket; following all tasks counts as one.
  static final int SUBSCRIPTIONS = 100;

  /// The longest message that is taken, in bytes.
  static final int MESSAGE_LIMIT = 16 * 1024;

  static final int BAD_MESSAGE = 1007;
  static final int GOING_AWAY = 1001;
  static final int ONLY_TEXT = 1003;
  static final int NODE_STOPS = 1012;
  static final int TOO_SLOW = 1013;
  static final int TOKEN_EXPIRED = 4401;

  private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

  private static final String ALL = "all";
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final SocketCaller of;
  private final Handoff handoff;
  private final TaskVisibility visibility;
  private final TaskStreams streams;
  private final Consumer<OpenStream> onClose;
  private final long openedAt = System.nanoTime();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by `lock`.
  private final Map<String, LivePlace> subscriptions = new HashMap<>();
  private volatile @Nullable LiveWriter writer;

  /// The caller, the end of its credential, and the path at which the socket was opened.
  record SocketCaller(Caller caller, Optional<Instant> until, String path) {}

  LiveSocket(
      SocketCaller of,
      Handoff handoff,
      TaskVisibility visibility,
      TaskStreams streams,
      Consumer<OpenStream> onClose) {
    this.of = of;
    this.handoff = handoff;
    this.visibility = visibility;
    this.streams = streams;
    this.onClose = onClose;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    session.setMaxTextMessageSize(MESSAGE_LIMIT);
    session.setMaxBinaryMessageSize(MESSAGE_LIMIT);
    // Pings are sent and writes have a time limit, so a lost reader is noticed.
    session.setIdleTimeout(Duration.ZERO);
    writer = new LiveWriter(session);
    if (closed.get()) {
      session.disconnect();
    }
    session.demand();
  }

  @Override
  public void onWebSocketText(String message) {
    // A request reads the store, for which Jetty's thread does not wait.
    Thread.ofVirtual().name("handoff-live").start(() -> take(message));
  }

  @Override
  public void onWebSocketBinary(ByteBuffer message, Callback callback) {
    callback.succeed();
    close(ONLY_TEXT, "messages are text");
  }

  @Override
  public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
    callback.succeed();
    gone();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.debug("a socket ended", cause);
    gone();
  }

  private void take(String message) {
    try {
      // It is null where the message is the word null.
      @Nullable LiveCall call = WireJson.read(message, LiveCall.class);
      if (call != null && call.isOneThing()) {
        act(call);
        LiveWriter open = writer;
        if (open != null && !closed.get()) {
          open.next();
        }
        return;
      }
    } catch (JacksonException notOurs) {
      LOG.trace("a message is none of the protocol", notOurs);
    } catch (RuntimeException e) {
      // The client connects again and repeats its request.
      LOG.warn("a socket's message could not be acted upon", e);
      close(1011, "try again");
      return;
    }
    close(BAD_MESSAGE, "not a message of " + LiveProtocol.NAME);
  }

  private void act(LiveCall call) {
    if (call.follow() != null) {
      follow(call.follow(), new LogPosition(call.after() == null ? 0 : call.after(), call.at()));
    } else if (call.unfollow() != null) {
      end(ofTask(call.unfollow()));
    } else if (call.ping() != null) {
      write(List.of(WireJson.write(new LiveFrame.OfPong(call.ping()))));
    } else {
      followAll(Optional.ofNullable(call.since()));
    }
  }

  private void follow(String id, LogPosition position) {
    end(ofTask(id));
    Optional<Task> task = visibility.find(of.caller(), id);
    if (task.isEmpty()) {
      refuse(id, Problem.TASK_NOT_FOUND);
    } else if (handoff.isToldUpTo(task.get(), position)) {
      write(List.of(WireJson.write(new LiveFrame.OfEnd(id, true))));
    } else if (!begin(
        ofTask(id),
        place ->
            streams
                .places()
                .follow(
                    task.get(),
                    position,
                    new SocketSubscriber(id, place),
                    queue -> place.tell(() -> tellPlace(id, queue))))) {
      refuse(id, Problem.TOO_MANY_SUBSCRIPTIONS);
    }
  }

  private final class SocketSubscriber implements EventSubscriber {
    private final String id;
    private final LivePlace place;

    SocketSubscriber(String id, LivePlace place) {
      this.id = id;
      this.place = place;
    }

    @Override
    public void onEvents(List<LoggedEvent> events) {
      place.tell(() -> tell(id, events));
    }

    @Override
    public void onReset(long last) {
      place.tell(() -> write(List.of(WireJson.write(new LiveFrame.OfReset(id, last)))));
    }

    @Override
    public void onGone() {
      place.tell(() -> tellGone(id));
    }
  }

  private void tellPlace(String id, Optional<PlaceView> place) {
    write(List.of(WireJson.write(new LiveFrame.OfQueue(id, place.orElse(null)))));
  }

  private void tellGone(String id) {
    end(ofTask(id));
    if (visibility.find(of.caller(), id).isPresent()) {
      write(List.of(WireJson.write(new LiveFrame.OfEnd(id, true))));
    } else {
      refuse(id, Problem.TASK_NOT_FOUND);
    }
  }

  private void tell(String id, List<LoggedEvent> events) {
    String head = "{\"task\":\"" + id + "\",\"event\":";
    List<String> frames = new ArrayList<>(events.size() + 1);
    events.forEach(event -> frames.add(head + streams.texts().of(event).json() + "}"));
    boolean over = events.getLast().event().isTerminal();
    if (over) {
      frames.add(WireJson.write(new LiveFrame.OfEnd(id, true)));
      end(ofTask(id));
    }
    write(frames);
  }

  private void followAll(Optional<String> cursor) {
    end(ALL);
    Optional<Instant> since = cursor.flatMap(StreamCursor::parse);
    if (cursor.isPresent() && since.isEmpty()) {
      refuse(null, Problem.INVALID_REQUEST);
      return;
    }
    CursorTrail trail = new CursorTrail(since);
    TaskOwner owner = new TaskOwner(of.caller().owner(), of.caller().tenant());
    if (!begin(
        ALL,
        place ->
            handoff.followOwner(
                owner, since, (tasks, upTo) -> place.tell(() -> tellAll(tasks, upTo, trail))))) {
      refuse(null, Problem.TOO_MANY_SUBSCRIPTIONS);
    }
  }

  private void tellAll(List<TaskSummary> tasks, Instant upTo, CursorTrail trail) {
    List<String> frames = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      String cursor = i == tasks.size() - 1 ? trail.last(upTo) : trail.early(upTo);
      TaskSummaryView view = TaskSummaryView.of(tasks.get(i), handoff.place(tasks.get(i)));
      frames.add(WireJson.write(new LiveFrame.OfTask(view, cursor)));
    }
    if (tasks.isEmpty()) {
      frames.add(WireJson.write(new LiveFrame.OfTask(null, trail.last(upTo))));
    }
    write(frames);
  }

  private static String ofTask(String id) {
    return "task " + id;
  }

  // Returns false when there are too many. Subscribers that are called meanwhile need no lock that
  // this holds.
  private boolean begin(String name, Function<LivePlace, Subscription> beginning) {
    lock.lock();
    try {
      if (subscriptions.size() >= SUBSCRIPTIONS) {
        return false;
      }
      if (!closed.get()) {
        LivePlace place = new LivePlace();
        subscriptions.put(name, place);
        place.begin(beginning);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void end(String name) {
    LivePlace ended;
    lock.lock();
    try {
      ended = subscriptions.remove(name);
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      ended.end();
    }
  }

  private void refuse(@Nullable String task, Problem problem) {
    write(List.of(WireJson.write(new LiveFrame.OfProblem(task, problem.at(of.path())))));
  }

  private void write(List<String> frames) {
    LiveWriter open = writer;
    if (open != null && !closed.get() && !open.write(frames)) {
      gone();
    }
  }

  @Override
  public String owner() {
    return of.caller().owner();
  }

  @Override
  public void tend(long now) {
    LiveWriter open = writer;
    if (closed.get()) {
      return;
    }
    boolean expired =
        of.until().filter(end -> !handoff.clock().instant().isBefore(end)).isPresent();
    if (expired) {
      closeApart(TOKEN_EXPIRED, "the token has expired");
    } else if (now - openedAt >= streams.limits().longest().toNanos()) {
      closeApart(GOING_AWAY, "open long enough, come back");
    } else if (open != null && open.waits(now) >= streams.limits().writeLimit().toNanos()) {
      closeApart(TOO_SLOW, "the reader is too slow");
    }
  }

  private void closeApart(int code, String reason) {
    Thread.ofVirtual().name("handoff-live").start(() -> close(code, reason));
  }

  @Override
  public boolean wantsPing(long now) {
    LiveWriter open = writer;
    return open != null && open.isIdle(now, streams.limits().pingEvery());
  }

  @Override
  public void ping() {
    LiveWriter open = writer;
    if (open != null && !closed.get() && !open.ping()) {
      gone();
    }
  }

  @Override
  public void revoke() {
    close(TOKEN_EXPIRED, "the credential has ended");
  }

  @Override
  public void stop() {
    close(NODE_STOPS, "this node stops, come back");
  }

  // Sends the close frame, and disconnects if it is not written in time.
  private void close(int code, String reason) {
    boolean first = forget();
    LiveWriter open = writer;
    if (first && open != null) {
      open.close(code, reason, CLOSE_TIMEOUT);
    }
  }

  /// It is closed, or was never opened.
  void gone() {
    var ignored = forget();
  }

  private boolean forget() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    List<LivePlace> left;
    lock.lock();
    try {
      left = List.copyOf(subscriptions.values());
      subscriptions.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(LivePlace::close);
    onClose.accept(this);
    return true;
  }
}
