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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Over the whole demo, no name and no address of anybody reaches the provider, a quote or a
/// summary, although the comments are full of them and the provider repeats what it was told.
final class TeamPrivacyTest {
  private static final Set<String> NOBODYS = Set.of("van", "der", "den", "het", "ter", "hof");

  @Test
  void nobodyIsNamed() {
    try (TeamServer served = TeamServer.start(TeamServer.UNLIMITED)) {
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
