package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The list of one's own tasks.
@OnBothStores
final class TaskListTest {
  private final TestServer server = TestServer.shared();
  private final Client zero = server.as("zero@demo.test");

  private static String subject() {
    return "list-" + UUID.randomUUID();
  }

  private static List<String> ids(HttpAnswer page) {
    List<String> ids = new ArrayList<>();
    page.json().path("tasks").forEach(task -> ids.add(task.path("id").asString()));
    return ids;
  }

  private List<String> submit(Client client, int count, String subject) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(TextTasks.submit(client, TextTasks.later(json(",'subject':'%s'", subject))));
    }
    Collections.reverse(ids);
    return ids;
  }

  private static String next(HttpAnswer page) {
    return page.json().path("next").asString();
  }

  @Test
  void showsTheNewestFirstPageByPage() {
    String subject = subject();
    List<String> all = submit(zero, 5, subject);
    String list = TextTasks.TASKS + "?limit=2&subject=" + subject;

    HttpAnswer first = zero.get(list);
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(ids(first)).isEqualTo(all.subList(0, 2));
    HttpAnswer second = zero.get(list + "&cursor=" + next(first));
    assertThat(ids(second)).isEqualTo(all.subList(2, 4));
    HttpAnswer third = zero.get(list + "&cursor=" + next(second));
    assertThat(ids(third)).isEqualTo(all.subList(4, 5));
    assertThat(third.json().path("next").isNull()).isTrue();

    JsonNode task = first.json().path("tasks").path(0);
    assertThat(task.path("state").asString()).isEqualTo("queued");
    assertThat(task.path("type").asString()).isEqualTo("text");
    assertThat(task.path("subject").asString()).isEqualTo(subject);
    assertThat(task.has("result")).isFalse();
    assertThat(first.body()).doesNotContain("owner", "node", "lease");
  }

  @Test
  void filtersByStateAndType() {
    String subject = subject();
    List<String> all = submit(zero, 2, subject);
    assertThat(zero.post(TextTasks.TASKS + "/" + all.getLast() + "/cancel").status())
        .isEqualTo(200);
    String list = TextTasks.TASKS + "?subject=" + subject;

    assertThat(ids(zero.get(list + "&state=cancelled"))).containsExactly(all.getLast());
    assertThat(ids(zero.get(list + "&state=queued,processing"))).containsExactly(all.getFirst());
    assertThat(ids(zero.get(list + "&type=text"))).isEqualTo(all);
    assertThat(ids(zero.get(list + "&type=other"))).isEmpty();
    assertThat(ids(zero.get(TextTasks.TASKS + "?subject=nothing-like-it"))).isEmpty();
  }

  @Test
  void showsOnesOwnTasksAlone() {
    String subject = subject();
    submit(zero, 1, subject);
    Client low = server.as("low@demo.test");

    assertThat(ids(low.get(TextTasks.TASKS + "?subject=" + subject))).isEmpty();
    assertThat(server.anybody().get(TextTasks.TASKS).status()).isEqualTo(401);
    assertThat(ids(low.get(TextTasks.TASKS)))
        .doesNotContainAnyElementsOf(ids(zero.get(TextTasks.TASKS)));
  }

  @Test
  void aCursorIsGoodForItsListAndItsCallerAlone() {
    String subject = subject();
    submit(zero, 2, subject);
    String list = TextTasks.TASKS + "?limit=1&subject=" + subject;
    String cursor = next(zero.get(list));
    assertThat(zero.get(list + "&cursor=" + cursor).status()).isEqualTo(200);

    char last = cursor.charAt(cursor.length() - 1);
    String tampered = cursor.substring(0, cursor.length() - 1) + (last == '0' ? '1' : '0');
    String moved = (cursor.charAt(0) == '0' ? '1' : '0') + cursor.substring(1);
    for (String bad : List.of(tampered, moved, "x", cursor + "0", cursor.substring(1), "%F0%9F")) {
      HttpAnswer refused = zero.get(list + "&cursor=" + bad);
      assertThat(refused.status()).as(bad + " " + refused).isEqualTo(400);
    }
    assertThat(server.as("low@demo.test").get(list + "&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(zero.get(TextTasks.TASKS + "?cursor=" + cursor).status()).isEqualTo(400);
    assertThat(zero.get(list + "&state=queued&cursor=" + cursor).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=many",
        "limit=99999999999",
        "state=ended",
        "state=queued,",
        "state=QUEUED",
        "type=%20",
        "subject=%20%09",
        "subject=%ff%fe",
        "cursor=%00"
      })
  void whatIsNoFilterIsRefused(String query) {
    HttpAnswer refused = zero.get(TextTasks.TASKS + "?" + query);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
  }

  @Test
  void aLongSubjectIsRefusedAndAStrangeOneIsNot() {
    assertThat(zero.get(TextTasks.TASKS + "?subject=" + "x".repeat(201)).status()).isEqualTo(400);
    assertThat(zero.get(TextTasks.TASKS + "?subject=%00%01'%22").status()).isEqualTo(200);
  }
}
