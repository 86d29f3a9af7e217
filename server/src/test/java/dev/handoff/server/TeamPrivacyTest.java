package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Over the whole demo, no name and no address of anybody reaches the provider, a quote or a
/// summary, although the comments are full of them and the provider repeats what it was told.
final class TeamPrivacyTest {
  private static final Set<String> NOBODYS = Set.of("van", "der", "den", "het", "ter", "hof");

  private static TeamServer served;

  @BeforeAll
  static void start() {
    served = TeamServer.start(TeamServer.UNLIMITED);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void forget() {
    served.forget();
  }

  @Test
  void nobodyIsNamed() {
    ScriptedModelServer model = served.model();
    Team team = served.team();
    // It tells everything that it heard, as a summary.
    model.byDefault(
        ModelScript.decide(request ->
            ModelScript.answer(request.wantsJson() ? "geen json" : "Je las: " + heard(request))));
    List<String> comments =
        team.sql()
            .sql("select comment from team_score where comment is not null")
            .query((row, _) -> row.getString(1))
            .list();
    Set<String> names = names(team);
    assertThat(comments.stream().filter(text -> names.stream().anyMatch(words(text)::contains)))
        .as("comments that name somebody")
        .hasSizeGreaterThan(40);

    List<String> seen = new ArrayList<>();
    seen.addAll(told(team.teacher(), 123));
    seen.addAll(told(team.teacher(), 122));
    seen.addAll(told(team.otherTeacher(), 223));
    model.requests().forEach(request -> request.turns().forEach(turn -> seen.add(turn.text())));

    assertThat(model.requests()).hasSizeGreaterThan(60);
    assertThat(seen).anyMatch(text -> text.contains("[...]"));
    for (String text : seen) {
      Set<String> named = words(text);
      named.retainAll(names);
      assertThat(named).as(text).isEmpty();
      assertThat(text).doesNotContain("@").doesNotContain("school1").doesNotContain("school2");
    }
  }

  /// As written, with what has to be taken out between braces; the pupil first, then who wrote.
  private record ClassComments(List<String> people, List<String> comments) {}

  private static final List<ClassComments> ROUNDS =
      List.of(
          new ClassComments(
              List.of("Anne-Fleur Terpstra", "D'Arcy Monti", "Karel-Jan van den Akker"),
              List.of(
                  "{Annefleur} en {darcy} waren er",
                  "{kareljan} deed veel, {vdakker} ook",
                  "{K.J. v.d. Akker} deed veel",
                  "Na de les mailde {Karel\nJan} mij")),
          new ClassComments(
              List.of("Sil Vlug", "Wolf Sterk", "Linde de Groen"),
              List.of(
                  "Dat was sterk, en ook vlug klaar.",
                  "Het idee dat {Wolf} had was goed.",
                  "{degroen} hielp, {lindegroen} ook",
                  "{Wolf} deed weinig. Sterk verhaal!")),
          new ClassComments(
              List.of("Mirte Zijlstra", "Gijs Oving", "Ada Prins"),
              List.of(
                  "{Gijsje} hielp mij, {Mirteee} niet.",
                  "{Мirte} en {G1js} riepen: bel {06 12345678}",
                  "{Elin} uit de andere groep stoorde, en {l.smit@mail.test}",
                  "In de prinsessentaart zat gist.")));

  @Test
  void namesAreHiddenHoweverTheyAreWritten() {
    for (ClassComments round : ROUNDS) {
      List<Long> pupils = enter(round);
      Client teacher = served.team().otherTeacher();

      List<String> quotes = new ArrayList<>();
      teacher
          .get(Team.of(223, pupils.getFirst()) + "/quotes")
          .json()
          .path("quotes")
          .forEach(quote -> quotes.add(quote.path("text").asString()));
      String job = teacher.post(Team.of(223, pupils.getFirst()) + "/queue").text("job_id");
      var _ = Team.awaitStatus(teacher, job, "completed");

      List<String> shown = round.comments().stream().map(TeamPrivacyTest::shown).toList();
      assertThat(quotes).isEqualTo(shown);
      assertThat(served.model().requests().stream().map(ModelRequest::lastUserText))
          .anySatisfy(
              told -> assertThat(told).contains(shown.stream().map(text -> "- " + text).toList()));
      leave(pupils);
      served.model().clear();
      served.model().byDefault(Team.WRITER);
    }
  }

  private static String shown(String comment) {
    return comment.replaceAll("\\{[^}]*}", "[...]").replace('\n', ' ');
  }

  // The class of the others is another one, so that they know of each other by the school alone.
  private static List<Long> enter(ClassComments round) {
    List<Long> pupils = new ArrayList<>();
    for (String name : round.people()) {
      long id = 20_000L + pupils.size();
      run(
          """
          insert into team_user
            (id, school_id, account_id, email, name, role, archived, class_name, team_number)
          values (?, 2, null, ?, ?, 'student', ?, '1Z', 1)
          """,
          id,
          id + "@names.test",
          name,
          false);
      pupils.add(id);
    }
    for (int i = 0; i < round.comments().size(); i++) {
      long reviewer = pupils.get(1 + i % 2);
      if (i < 2) {
        run(
            """
            insert into team_allocation
              (id, school_id, evaluation_id, reviewer_id, reviewee_id, is_self)
            values (?, 2, 223, ?, ?, ?)
            """,
            reviewer,
            reviewer,
            pupils.getFirst(),
            false);
      }
      run(
          """
          insert into team_score
            (id, school_id, allocation_id, criterion_id, score, comment, status)
          values (?, 2, ?, ?, 4, ?, 'submitted')
          """,
          900_000 + i,
          reviewer,
          1 + i,
          round.comments().get(i).replaceAll("[{}]", ""));
    }
    return pupils;
  }

  private static void leave(List<Long> pupils) {
    served.team().forget();
    run("delete from team_score where id >= 900000");
    for (long pupil : pupils) {
      run("delete from team_allocation where id = ?", pupil);
    }
    pupils.forEach(pupil -> run("delete from team_user where id = ?", pupil));
  }

  private static void run(String statement, Object... values) {
    var _ = served.team().sql().sql(statement).params(values).update();
  }

  private static String heard(ModelRequest request) {
    String text = request.lastUserText();
    return text.substring(Math.max(0, text.indexOf("Reacties:"))).replace('\n', ' ');
  }

  // What a teacher gets to see about each pupil, but for the pupil's own name in its field.
  private static List<String> told(Client teacher, int evaluation) {
    List<String> told = new ArrayList<>();
    JsonNode students =
        teacher.get("/api/v1/team-evaluation/evaluations/" + evaluation).json().path("students");
    assertThat(students.size()).isGreaterThan(10);
    for (JsonNode student : students) {
      long id = student.path("id").asLong();
      String job = teacher.post(Team.of(evaluation, id) + "/queue").text("job_id");
      JsonNode done = Team.awaitStatus(teacher, job, "completed").json();
      told.add(done.path("result").toString());
      told.add(teacher.get(Team.of(evaluation, id) + "/quotes").body());
      told.add(teacher.get(Team.of(evaluation, id)).text("summary_text"));
    }
    return told;
  }

  private static Set<String> names(Team team) {
    Set<String> names = new HashSet<>();
    team.sql()
        .sql("select name from team_user")
        .query((row, _) -> row.getString(1))
        .list()
        .forEach(name -> names.addAll(words(name)));
    names.removeAll(NOBODYS);
    names.removeIf(part -> part.length() < 3);
    assertThat(names).contains("sanne", "vries", "zoe", "ozdemir", "yilmaz", "marieke");
    return names;
  }

  private static Set<String> words(String text) {
    String plain =
        Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .replace("ø", "o")
            .replace("ı", "i");
    return new HashSet<>(Arrays.asList(plain.split("[^\\p{L}\\p{N}]+")));
  }
}
