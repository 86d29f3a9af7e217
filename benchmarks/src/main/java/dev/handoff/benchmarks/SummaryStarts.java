package dev.handoff.benchmarks;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `POST /feedback-summaries/…/queue`: 100 pupils at once, from the call to the whole answer, while
/// three summaries are made at once. All bursts but the last meet an AI that says nothing, and are
/// cancelled; at the last one it takes 10 s for a summary, and all are waited for and counted.
final class SummaryStarts {
  private static final int PUPILS = 100;
  private static final int AT_ONCE = 3;
  // A summary takes two answers.
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int ROUNDS = 10;
  // 2,000 starts: much of the server is compiled by then.
  private static final int WARM_UP = 20;
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration ALL_END_IN = Duration.ofMinutes(10);
  private static final long FIRST = 10_000;
  private static final String CALLS = "/api/v1/feedback-summaries";
  private static final String SETTING = "--handoff.systems.team-evaluation.";

  private final LocalServer server;
  private final ScriptedModelServer model;
  private final List<String> tokens;
  private final String teacher;

  private SummaryStarts(LocalServer server, ScriptedModelServer model, List<String> tokens)
      throws Exception {
    this.server = server;
    this.model = model;
    this.tokens = tokens;
    this.teacher = server.login("teacher@school1.test");
  }

  static void run(Path project) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start();
        LocalServer server =
            LocalServer.start(
                project,
                model.byDefault(ModelScript.hang(Gate.closed())).baseUrl(),
                SETTING + "concurrency=" + AT_ONCE,
                SETTING + "queue-per-minute=1000000",
                SETTING + "calls-per-minute=1000000")) {
      SummaryStarts starts = new SummaryStarts(server, model, crowd(server));
      for (int round = 0; round < WARM_UP; round++) {
        starts.cancel(starts.burst());
      }
      double[] slowest = new double[ROUNDS];
      long[] all = new long[ROUNDS * PUPILS];
      for (int round = 0; round < ROUNDS; round++) {
        pause(BETWEEN);
        Burst burst = starts.burst();
        slowest[round] = Figures.percentile(burst.nanos(), 1);
        System.arraycopy(burst.nanos(), 0, all, round * PUPILS, PUPILS);
        starts.cancel(burst);
      }
      Arrays.sort(all);
      Figures.print("summary asked for, 100 at once, slowest of bursts", "ms", slowest);
      Figures.print("  p50 of all", "ms", Figures.percentile(all, 0.5));
      Figures.print("  p99 of all", "ms", Figures.percentile(all, 0.99));
      model.byDefault(ModelScript.decide(SummaryStarts::slowly));
      starts.toTheEnd();
    }
  }

  private static ModelScript slowly(ModelRequest request) {
    return ModelScript.streamed(
        Gate.every(ANSWER),
        request.wantsJson()
            ? "{\"positives\":[\"plant goed\"],\"negatives\":[\"zegt weinig\"],\"themes\":[\"planning\"],"
                + "\"action\":\"Zeg elke les iets.\"}"
            : "Je plant goed en mag vaker zeggen wat je vindt. Zeg elke les iets.");
  }

  private static void pause(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// One burst; its answers are the jobs' ids.
  private Burst burst() throws Exception {
    return Burst.of(
        PUPILS,
        index ->
            LocalServer.field(
                server.call(
                    "POST",
                    CALLS + "/evaluation/123/student/" + (FIRST + index) + "/queue",
                    tokens.get(index)),
                "job_id"));
  }

  private void cancel(Burst burst) throws Exception {
    var _ =
        Burst.of(
            PUPILS,
            index ->
                server.call(
                    "POST", CALLS + "/jobs/" + burst.answers().get(index) + "/cancel", teacher));
    while (model.openCalls() > 0) {
      pause(BETWEEN_LOOKS);
    }
  }

  private void toTheEnd() throws Exception {
    long start = System.nanoTime();
    Burst burst = burst();
    int most = 0;
    int mostAsking = 0;
    while (count("completed") < PUPILS) {
      most = Math.max(most, count("processing"));
      mostAsking = Math.max(mostAsking, model.openCalls());
      if (System.nanoTime() - start > ALL_END_IN.toNanos()) {
        throw new IllegalStateException("not all have ended in " + ALL_END_IN);
      }
      pause(BETWEEN_LOOKS);
    }
    double minutes = (System.nanoTime() - start) / 60e9;
    int written = 0;
    for (String job : burst.answers()) {
      String status = server.call("GET", CALLS + "/jobs/" + job + "/status", teacher);
      written += status.contains("\"generation_method\":\"ai\"") ? 1 : 0;
    }
    Figures.print(
        "  slowest of a burst that is waited for", "ms", Figures.percentile(burst.nanos(), 1));
    Figures.print("  summaries of it a minute, " + AT_ONCE + " at once", "/min", PUPILS / minutes);
    System.out.printf(
        Locale.ROOT,
        "  of %d summaries %d were written; at most %d in work, %d asking the AI%n",
        PUPILS,
        written,
        most,
        mostAsking);
  }

  private int count(String status) throws Exception {
    String stats = server.call("GET", CALLS + "/queue/stats", teacher);
    Matcher found = Pattern.compile("\"" + status + "_count\":(\\d+)").matcher(stats);
    if (!found.find()) {
      throw new IllegalStateException("no " + status + " in " + stats);
    }
    return Integer.parseInt(found.group(1));
  }

  /// Adds the pupils to evaluation 123 of the demo, each with two comments, and logs them in.
  private static List<String> crowd(LocalServer server) throws Exception {
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + server.database());
        Statement sql = store.createStatement()) {
      sql.execute("pragma busy_timeout = 10000");
      sql.execute("begin immediate");
      for (int i = 0; i < PUPILS; i++) {
        add(sql, FIRST + i);
      }
      sql.execute("commit");
    }
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < PUPILS; i++) {
      tokens.add(server.login(name(FIRST + i)));
    }
    return tokens;
  }

  private static String name(long pupil) {
    return pupil + "@crowd.test";
  }

  private static void add(Statement sql, long pupil) throws SQLException {
    String account = UUID.randomUUID().toString();
    sql.execute(
        """
        insert into user_account (id, username, email, first_name, last_name, timezone, role,
          is_active, premium, tenant, password_hash)
        select '%s', '%s', '%s', 'Kind', 'Nr%d', timezone, role, is_active, premium, tenant,
          password_hash
        from user_account where username = '456@school1.test'
        """
            .formatted(account, name(pupil), name(pupil), pupil));
    sql.execute(
        """
        insert into team_user (id, school_id, account_id, email, name, role, archived, class_name,
          team_number)
        values (%d, 1, '%s', '%s', 'Kind Nr%d', 'student', 0, '4HA', 1)
        """
            .formatted(pupil, account, name(pupil), pupil));
    sql.execute(
        """
        insert into team_allocation (id, school_id, evaluation_id, reviewer_id, reviewee_id, is_self)
        values (%d, 1, 123, 456, %d, 0)
        """
            .formatted(pupil, pupil));
    for (int criterion = 1; criterion <= 2; criterion++) {
      sql.execute(
          """
          insert into team_score (id, school_id, allocation_id, criterion_id, score, comment, status)
          values (%d, 1, %d, %d, 4, 'plant goed, zegt weinig', 'submitted')
          """
              .formatted(pupil * 10 + criterion, pupil, criterion));
    }
  }
}
