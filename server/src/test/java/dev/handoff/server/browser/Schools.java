package dev.handoff.server.browser;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The demo's schools on a server of their own, with a scripted provider that speaks the real wire.
/// One summary is made at a time, so that others are seen to wait.
final class Schools implements AutoCloseable {
  static final String FACTS =
      """
      {"positives":["plant goed"],"negatives":["zegt weinig"],"themes":["planning"],\
      "action":"Zeg elke les iets."}\
      """;
  static final String SUMMARY =
      "Je plant goed en je houdt het overzicht voor je hele team. Je teamgenoten waarderen dat je op"
          + " tijd klaar bent en anderen helpt met hun deel. In overleg mag je vaker zeggen wat je"
          + " zelf vindt, en je kunt eerder om hulp vragen. Zeg elke les minstens één keer wat jij"
          + " van een idee vindt.";
  static final ModelScript WRITER =
      ModelScript.decide(request -> ModelScript.answer(request.wantsJson() ? FACTS : SUMMARY));

  private final Chromium chromium = new Chromium();
  private final ScriptedModelServer model = ScriptedModelServer.start();
  private final Path data;
  private final ServerProcess server;

  private Schools(Path data) throws Exception {
    this.data = data;
    this.server =
        ServerProcess.start(
            data,
            "--handoff.ai.provider=openai",
            "--handoff.ai.base-url=" + model.baseUrl(),
            "--handoff.ai.api-key=" + ScriptedModelServer.KEY,
            "--handoff.systems.team-evaluation.concurrency=1",
            "--handoff.systems.team-evaluation.retries=0",
            "--handoff.systems.team-evaluation.queue-per-minute=1000",
            "--handoff.systems.team-evaluation.batch-per-minute=1000");
  }

  static Schools open(Path data) throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
    return new Schools(data);
  }

  ScriptedModelServer model() {
    return model;
  }

  /// Somebody who is not logged in.
  SchoolMember member() {
    return SchoolMember.on(chromium.browser(), server);
  }

  /// As they were: nobody has asked for anything, and the AI answers.
  void forget() throws SQLException {
    model.clear().byDefault(WRITER);
    change("delete from summary_generation_jobs");
    change("delete from feedback_summaries");
    change("update team_school set release_first = false");
    change("update team_evaluation set status = 'open', closed_at = null where id = 123");
  }

  /// Waits until nothing is open: the one place is free again for the next test.
  void settle() {
    model.clear().byDefault(WRITER);
    await()
        .until(() ->
            count("select count(*) from summary_generation_jobs where status = 'queued'") == 0);
  }

  /// Does what no call does; the server's own connection waits meanwhile.
  void change(String statement) throws SQLException {
    try (Connection connection = connection();
        var sql = connection.createStatement()) {
      sql.execute("pragma busy_timeout = 10000");
      sql.execute(statement);
    }
  }

  private int count(String query) throws SQLException {
    try (Connection connection = connection();
        var sql = connection.createStatement();
        var rows = sql.executeQuery(query)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("handoff.db"));
  }

  /// Has summaries fail from now on, because they cannot be kept.
  void breakSummaries() throws SQLException {
    change("alter table feedback_summaries rename column generation_duration_ms to away");
  }

  void mendSummaries() throws SQLException {
    change("alter table feedback_summaries rename column away to generation_duration_ms");
  }

  @Override
  public void close() {
    server.close();
    model.close();
    chromium.close();
  }
}
