package dev.handoff.systems.teamevaluation.web;

import dev.handoff.Handoff;
import dev.handoff.Subscription;
import dev.handoff.TaskId;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.teamevaluation.Evaluation;
import dev.handoff.systems.teamevaluation.Job;
import dev.handoff.systems.teamevaluation.Jobs;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.SummaryReleases;
import dev.handoff.systems.teamevaluation.web.JobViews.JobView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Open answers that tell teachers how the jobs of an evaluation change, of all pupils in one. A
/// pupil's page follows the one task itself; a teacher owns none of them. Ends them before the web
/// server stops, which would wait for them. Safe for use by many threads.
final class ClassStreams implements SmartLifecycle {
  /// An answer this old is ended, and its reader comes back: a reader that has gone without a word
  /// keeps its place no longer.
  static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Duration COME_BACK = Duration.ofSeconds(1);
  private static final Duration WHEN_FULL = Duration.ofSeconds(30);

  private final Handoff handoff;
  private final Jobs jobs;
  private final SummaryReleases releases;
  private final HandoffProperties.Streams limits;
  private final Set<OneClass> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile boolean running;

  ClassStreams(Handoff handoff, Jobs jobs, SummaryReleases releases, HandoffProperties settings) {
    this.handoff = handoff;
    this.jobs = jobs;
    this.releases = releases;
    this.limits = settings.streams();
  }

  /// Tells each open job of the evaluation as it stands, and then at each change, as an event
  /// `job`. Of jobs that are asked for later it knows nothing.
  ///
  /// @throws RefusedException when the teacher, or everybody on this node, has too many open (429)
  SseEmitter open(Member teacher, Evaluation evaluation) {
    OneClass stream = taken(teacher);
    try {
      stream.hello();
      jobs.unsettled(evaluation).forEach(stream::follow);
      return stream.answer;
    } catch (RuntimeException notBegun) {
      stream.forget();
      throw notBegun;
    }
  }

  private OneClass taken(Member teacher) {
    OneClass stream = new OneClass(teacher);
    opening.lock();
    try {
      long own = open.stream().filter(other -> other.teacher.id() == teacher.id()).count();
      if (!running || own >= limits.perOwner() || open.size() >= limits.perNode()) {
        throw RefusedException.tooMany(
            "Too many open streams. Retry after %d seconds.".formatted(WHEN_FULL.toSeconds()),
            WHEN_FULL);
      }
      open.add(stream);
    } finally {
      opening.unlock();
    }
    return stream;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    opening.lock();
    try {
      running = false;
    } finally {
      opening.unlock();
    }
    open.forEach(OneClass::end);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// After the web server's start and before the beginning of its graceful shutdown.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 512;
  }

  private final class OneClass {
    private final SseEmitter answer = new SseEmitter(LONGEST.toMillis());
    private final List<Subscription> following = new CopyOnWriteArrayList<>();
    private final Member teacher;
    private volatile boolean over;

    private OneClass(Member teacher) {
      this.teacher = teacher;
      answer.onTimeout(this::end);
      answer.onError(_ -> forget());
      answer.onCompletion(this::forget);
    }

    private void hello() {
      send(SseEmitter.event().reconnectTime(COME_BACK.toMillis()).comment("jobs"));
    }

    private void follow(Job job) {
      TaskId task = job.about().task();
      if (task == null || over) {
        return;
      }
      following.add(
          handoff.follow(
              task,
              0,
              _ ->
                  send(
                      SseEmitter.event()
                          .name("job")
                          .data(
                              JobView.of(releases.readable(jobs.now(job), teacher)),
                              MediaType.APPLICATION_JSON))));
      if (over) {
        following.forEach(Subscription::close);
      }
    }

    private void send(SseEmitter.SseEventBuilder event) {
      try {
        answer.send(event);
      } catch (IOException | IllegalStateException readerIsGone) {
        forget();
      }
    }

    private void end() {
      forget();
      answer.complete();
    }

    private void forget() {
      over = true;
      following.forEach(Subscription::close);
      open.remove(this);
    }
  }
}
