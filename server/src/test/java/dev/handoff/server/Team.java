package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.SecurityContext;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/// The schools of the demo as their members see them over HTTP, and their tables, for what nobody
/// can do over HTTP.
record Team(TestServer server) {
  static final String CALLS = "/api/v1/feedback-summaries";
  static final String NOT_FOUND = json("{'detail':'%s not found'}");

  /// What a model says that does what it is asked for.
  static final String FACTS =
      """
      {"positives": ["plant goed", "helpt anderen"], "negatives": ["mag vaker iets zeggen"],
       "themes": ["planning"], "action": "Zeg elke les één keer wat je vindt."}
      """;

  static final String SUMMARY =
      "Je plant goed en je helpt je teamgenoten. Je team wil je vaker horen. Zeg elke les één keer"
          + " wat je vindt.";

  static final ModelScript WRITER = ModelScript.decide(Team::written);

  private static ModelScript written(ModelRequest request) {
    return ModelScript.answer(request.wantsJson() ? FACTS : SUMMARY);
  }

  Client pupil(int number) {
    return server.as(number + (number < 500 ? "@school1.test" : "@school2.test"));
  }

  Client teacher() {
    return server.as("teacher@school1.test");
  }

  Client otherTeacher() {
    return server.as("teacher@school2.test");
  }

  static String of(long evaluation, long student) {
    return CALLS + "/evaluation/" + evaluation + "/student/" + student;
  }

  static String status(String job) {
    return CALLS + "/jobs/" + job + "/status";
  }

  /// Asks for a summary of evaluation 123; the job's id.
  static String queue(Client client, long student) {
    return queue(client, student, "");
  }

  static String queue(Client client, long student, String body) {
    HttpAnswer answer = client.post(of(123, student) + "/queue", body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.text("job_id");
  }

  static HttpAnswer awaitStatus(Client client, String job, String status) {
    return await(client, job, answer -> answer.text("status").equals(status));
  }

  static HttpAnswer await(Client client, String job, Predicate<HttpAnswer> condition) {
    return Awaitility.await().until(() -> client.get(status(job)), condition);
  }

  JdbcClient sql() {
    return server.bean(JdbcClient.class);
  }

  /// Another comment on a pupil, by somebody who has assessed the pupil: in place of no comment or
  /// the one that was there.
  void comment(long evaluation, long student, String text) {
    long score =
        sql()
            .sql(
                """
                select max(s.id) from team_score s join team_allocation a on a.id = s.allocation_id
                where a.evaluation_id = :e and a.reviewee_id = :s and a.reviewer_id <> :s
                  and s.comment is null
                """)
            .param("e", evaluation)
            .param("s", student)
            .query(Long.class)
            .single();
    var _ =
        sql()
            .sql("update team_score set comment = :text, status = 'submitted' where id = :id")
            .param("text", text)
            .param("id", score)
            .update();
  }

  /// Forgets all jobs and summaries.
  void forget() {
    for (String table : List.of("summary_generation_jobs", "feedback_summaries")) {
      var _ = sql().sql("delete from " + table).update();
    }
    var _ = sql().sql("update team_school set release_first = false").update();
  }

  int count(String table) {
    return sql().sql("select count(*) from " + table).query(Integer.class).single();
  }

  /// More pupils of school 1 in evaluation 123, each with an account and two comments.
  List<Client> crowd(int size) {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long id = 10_000L + i;
      String account = java.util.UUID.randomUUID().toString();
      run(
          """
          insert into user_account (id, username, email, first_name, last_name, timezone, role,
            is_active, premium, tenant, password_hash)
          values (?, ?, ?, 'Kind', ?, 'Europe/Amsterdam', 1, ?, ?, 'school-1', 'x')
          """,
          account,
          id + "@crowd.test",
          id + "@crowd.test",
          "Nr" + id,
          true,
          false);
      run(
          """
          insert into team_user (id, school_id, account_id, email, name, role, archived, class_name,
            team_number)
          values (?, 1, ?, ?, ?, 'student', ?, '4HA', 1)
          """,
          id,
          account,
          id + "@crowd.test",
          "Kind Nr" + id,
          false);
      run(
          """
          insert into team_allocation (id, school_id, evaluation_id, reviewer_id, reviewee_id, is_self)
          values (?, 1, 123, 456, ?, ?)
          """,
          id,
          id,
          false);
      for (int criterion = 1; criterion <= 2; criterion++) {
        run(
            """
            insert into team_score (id, school_id, allocation_id, criterion_id, score, comment, status)
            values (?, 1, ?, ?, 4, 'plant goed', 'submitted')
            """,
            id * 10 + criterion,
            id,
            criterion);
      }
      clients.add(server.anybody().bearing(token(account, "school-1")));
    }
    return clients;
  }

  Client crowdMember() {
    return crowd(1).getFirst();
  }

  /// The school lets them all go.
  void archiveCrowd() {
    run("update team_user set archived = ? where class_name = '4HA'", true);
  }

  void dropCrowd() {
    run("delete from team_score where allocation_id >= ? and allocation_id < ?", 10_000, 11_000);
    run("delete from team_allocation where id >= ? and id < ?", 10_000, 11_000);
    run("delete from team_user where class_name = '4HA'");
    run("delete from user_account where username like '%@crowd.test'");
  }

  private void run(String statement, Object... values) {
    var _ = sql().sql(statement).params(values).update();
  }

  /// An access token as this server gives it out.
  String token(String account, String tenant) {
    Instant now = java.time.InstantSource.system().instant();
    return token(account, tenant, now.plusSeconds(600));
  }

  String token(String account, String tenant, Instant until) {
    String session = java.util.UUID.randomUUID().toString();
    run(
        "insert into login_session (id, user_id, created_at, last_used_at, ends_at)"
            + " values (?, ?, 0, 0, ?)",
        session,
        account,
        until.plusSeconds(900).toEpochMilli());
    var encoder =
        new NimbusJwtEncoder(
            new ImmutableSecret<SecurityContext>(
                new SecretKeySpec(server.signingKey(), "HmacSHA256")));
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer("handoff")
            .subject(account)
            .issuedAt(until.minusSeconds(900))
            .expiresAt(until)
            .claim("tenant", tenant)
            .claim("sid", session)
            .build();
    JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
  }
}
