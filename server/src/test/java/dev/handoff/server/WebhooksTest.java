package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Webhooks over HTTP, with a receiver on this machine.
final class WebhooksTest {
  private static final Receiver RECEIVER = Receiver.start();
  private static final TestServer SERVER =
      TestServer.start(
          TestServer.temporaryFolder(),
          "handoff.demo=true",
          "handoff.webhooks.allow-http=true",
          "handoff.webhooks.allow-private-addresses=true");

  private final Client asha = SERVER.as("asha@demo.test");
  private final Client ben = SERVER.as("ben@demo.test");

  @AfterAll
  static void stop() {
    SERVER.close();
    RECEIVER.close();
  }

  @AfterEach
  void deleteAll() {
    for (Client client : List.of(asha, ben)) {
      client
          .get(Webhooks.PATH)
          .json()
          .path("webhooks")
          .forEach(each ->
              assertThat(delete(client, Webhooks.PATH + "/" + each.path("id").asString("")))
                  .isEqualTo(204));
    }
  }

  private static int delete(Client client, String path) {
    return client.send(client.request(path).DELETE()).status();
  }

  @Test
  void aSignedMessageTellsHowATaskEnded() {
    HttpAnswer created = Webhooks.create(asha, RECEIVER.url());
    assertThat(created.header("location")).isEqualTo(Webhooks.path(created));
    assertThat(created.text("secret")).startsWith("whsec_");
    int before = RECEIVER.messages().size();

    String task = Tasks.message(asha, "What is a median?");

    Receiver.ReceivedMessage message = RECEIVER.await(before + 1).getLast();
    Webhooks.verify(message, created.text("secret"));
    assertThat(message.id())
        .isEqualTo(
            "msg_"
                + task.replace("-", "")
                + "_"
                + asha.get("/api/v1/tasks/" + task).json().path("lastEvent").asLong());
    assertThat(message.type()).isEqualTo("task.completed");
    assertThat(message.json().path("data")).isEqualTo(asha.get("/api/v1/tasks/" + task).json());
    assertThat(message.json().path("timestamp"))
        .isEqualTo(message.json().path("data").path("finishedAt"));
    JsonNode delivery = Webhooks.awaitDelivery(asha, created, "completed");
    assertThat(delivery.path("task").asString("")).isEqualTo(task);
    assertThat(delivery.path("event").asString("")).isEqualTo("task.completed");
    assertThat(delivery.path("answered").asInt()).isEqualTo(200);
    assertThat(asha.get("/api/v1/tasks/" + delivery.path("id").asString("")).status())
        .isEqualTo(404);
    assertThatThrownBy(() ->
            new com.standardwebhooks.Webhook("whsec_" + "b".repeat(43) + "=")
                .verify(
                    message.body(),
                    Map.of(
                        "webhook-id", List.of(message.id()),
                        "webhook-timestamp", List.of(message.header("Webhook-timestamp")),
                        "webhook-signature", List.of(message.header("Webhook-signature")))))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void onlyWhatIsWantedIsToldAndOnlyTheOwners() {
    HttpAnswer cancelled =
        asha.post(
            Webhooks.PATH,
            """
            {"url":"%s/cancelled","events":["task.cancelled"],"types":["sat-buddy.chat"]}\
            """
                .formatted(RECEIVER.url()));
    HttpAnswer questions =
        asha.post(
            Webhooks.PATH,
            json("{'url':'%s/questions','types':['sat-buddy.question']}", RECEIVER.url()));
    int before = RECEIVER.messages().size();
    Tasks.awaitStatus(ben, Tasks.message(ben, "What is a mean?"), "completed");
    Tasks.awaitStatus(asha, Tasks.message(asha, "What is a mode?"), "completed");

    String question = Tasks.question(asha, "linear equations");

    Receiver.ReceivedMessage message = RECEIVER.await(before + 1).getLast();
    assertThat(message.path()).isEqualTo("/hook/questions");
    assertThat(message.json().path("data").path("id").asString("")).isEqualTo(question);
    Webhooks.awaitDelivery(asha, questions, "completed");
    assertThat(RECEIVER.messages()).hasSize(before + 1);
    assertThat(asha.get(Webhooks.path(cancelled) + "/deliveries").json().path("deliveries").size())
        .isZero();
  }

  @Test
  void isUnknownToEverybodyElse() {
    HttpAnswer created = Webhooks.create(asha, RECEIVER.url());
    HttpAnswer delivery = asha.post(Webhooks.path(created) + "/test");
    String id = "/deliveries/" + delivery.text("id") + "/retry";
    HttpAnswer own = Webhooks.create(ben, RECEIVER.url());

    for (String path :
        List.of(
            Webhooks.path(created),
            Webhooks.PATH + "/x",
            Webhooks.PATH + "/" + delivery.text("id"))) {
      for (HttpAnswer refused :
          List.of(
              ben.get(path),
              ben.send(ben.request(path).DELETE()),
              ben.post(path + "/secret"),
              ben.post(path + "/test"),
              ben.get(path + "/deliveries"),
              ben.post(path + id))) {
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text("type")).isEqualTo("urn:handoff:problem:webhook-not-found");
      }
    }
    assertThat(ben.post(Webhooks.path(own) + id).text("type"))
        .isEqualTo("urn:handoff:problem:delivery-not-found");
    assertThat(ben.get(Webhooks.PATH).json().path("webhooks").size()).isEqualTo(1);
    assertThat(SERVER.anybody().get(Webhooks.path(created)).status()).isEqualTo(401);
    assertThat(asha.get(Webhooks.path(created)).status()).isEqualTo(200);
  }

  @Test
  void theOldSecretSignsAlongAfterARotationAndNoneIsEverShownAgain() {
    try (ServerLogs logs = new ServerLogs()) {
      HttpAnswer created = Webhooks.create(asha, RECEIVER.url());
      int before = RECEIVER.messages().size();
      HttpAnswer rotated = asha.post(Webhooks.path(created) + "/secret");
      assertThat(rotated.text("oldSecretUntil")).isNotEmpty();
      asha.post(Webhooks.path(created) + "/test");

      Receiver.ReceivedMessage message = RECEIVER.await(before + 1).getLast();
      assertThat(message.header("Webhook-signature")).matches("v1,[^ ]+ v1,[^ ]+");
      Webhooks.verify(message, created.text("secret"));
      Webhooks.verify(message, rotated.text("secret"));
      assertThat(rotated.text("secret")).isNotEqualTo(created.text("secret"));
      for (String path :
          List.of("", "/" + created.text("id"), "/" + created.text("id") + "/deliveries")) {
        assertThat(asha.get(Webhooks.PATH + path).body()).doesNotContain("whsec_", "secret");
      }
      assertThat(logs.lines(Level.TRACE))
          .noneMatch(line ->
              line.contains(created.text("secret")) || line.contains(rotated.text("secret")));
    }
  }

  @Test
  void aReceiverThatIsGoneIsNotToldAnyMore() {
    HttpAnswer created = Webhooks.create(asha, RECEIVER.url());
    int before = RECEIVER.messages().size();
    RECEIVER.answers(410);
    Tasks.awaitStatus(asha, Tasks.message(asha, "What is a range?"), "completed");

    JsonNode failed = Webhooks.awaitDelivery(asha, created, "failed");

    assertThat(failed.path("attempt").asInt()).isEqualTo(1);
    assertThat(failed.path("error").path("message").asString(""))
        .isEqualTo("The receiver answered 410. The webhook is now disabled.");
    assertThat(asha.get(Webhooks.path(created)).text("disabledAt")).isNotEmpty();
    asha.post(Webhooks.path(created) + "/test");
    Webhooks.awaitDelivery(asha, created, "cancelled");
    assertThat(RECEIVER.messages()).hasSize(before + 1);
  }

  @Test
  void aTestIsSentOnceAndAFailedDeliveryAgainWhenSomebodyAsks() {
    HttpAnswer created = Webhooks.create(asha, RECEIVER.url());
    int before = RECEIVER.messages().size();
    RECEIVER.answers(302, Map.of("Location", RECEIVER.url() + "/elsewhere"));

    HttpAnswer test = asha.post(Webhooks.path(created) + "/test");

    assertThat(test.status()).isEqualTo(202);
    assertThat(test.text("event")).isEqualTo("webhook.test");
    JsonNode failed = Webhooks.awaitDelivery(asha, created, "failed");
    assertThat(failed.path("error").path("message").asString(""))
        .isEqualTo("The receiver answered 302.");
    String retry = Webhooks.path(created) + "/deliveries/" + test.text("id") + "/retry";
    assertThat(asha.post(retry).text("state")).isIn("queued", "processing", "completed");
    List<Receiver.ReceivedMessage> messages = RECEIVER.await(before + 2);
    Webhooks.awaitDelivery(asha, created, "completed");
    assertThat(messages)
        .extracting(Receiver.ReceivedMessage::path)
        .doesNotContain("/hook/elsewhere");
    assertThat(messages.subList(before, before + 2))
        .extracting(Receiver.ReceivedMessage::id)
        .containsOnly(messages.getLast().id());
    assertThat(asha.post(retry).status()).isEqualTo(409);
  }

  @Test
  void theLogComesInPages() {
    HttpAnswer created = Webhooks.create(asha, RECEIVER.url());
    String path = Webhooks.path(created) + "/deliveries";
    List<String> sent =
        IntStream.range(0, 3)
            .mapToObj(_ -> asha.post(Webhooks.path(created) + "/test").text("id"))
            .toList();

    HttpAnswer first = asha.get(path + "?limit=2");
    HttpAnswer second = asha.get(path + "?limit=2&cursor=" + first.text("next"));

    assertThat(first.json().path("deliveries").path(0).path("id").asString(""))
        .isEqualTo(sent.getLast());
    assertThat(second.json().path("deliveries").size()).isEqualTo(1);
    assertThat(second.json().path("next").isNull()).isTrue();
    for (String bad : List.of("limit=0", "limit=51", "limit=x", "cursor=x")) {
      assertThat(asha.get(path + "?" + bad).status()).isEqualTo(400);
    }
  }

  @Test
  void thereAreAtMostTwenty() throws InterruptedException {
    List<Thread> many =
        IntStream.range(0, 30)
            .mapToObj(_ ->
                Thread.ofVirtual()
                    .start(() -> asha.post(Webhooks.PATH, json("{'url':'%s'}", RECEIVER.url()))))
            .toList();
    for (Thread one : many) {
      one.join();
    }

    assertThat(asha.get(Webhooks.PATH).json().path("webhooks").size()).isEqualTo(20);
    HttpAnswer refused = asha.post(Webhooks.PATH, json("{'url':'%s'}", RECEIVER.url()));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("type")).isEqualTo("urn:handoff:problem:too-many-webhooks");
    Webhooks.create(ben, RECEIVER.url());
  }

  @Test
  void aDeletedOneIsToldNothingMore() {
    HttpAnswer created = Webhooks.create(asha, RECEIVER.url());
    int before = RECEIVER.messages().size();
    assertThat(delete(asha, Webhooks.path(created))).isEqualTo(204);
    assertThat(asha.get(Webhooks.path(created)).status()).isEqualTo(404);

    Tasks.awaitStatus(asha, Tasks.message(asha, "What is a sum?"), "completed");
    HttpAnswer other = Webhooks.create(asha, RECEIVER.url() + "/other");
    asha.post(Webhooks.path(other) + "/test");

    await().until(() -> RECEIVER.messages().size() > before);
    assertThat(RECEIVER.messages().subList(before, RECEIVER.messages().size()))
        .extracting(Receiver.ReceivedMessage::path)
        .containsOnly("/hook/other");
  }

  @Test
  void badRequestsAreRefusedClearly() {
    String good = json("{'url':'%s'", RECEIVER.url());
    for (String bad :
        List.of(
            "",
            "null",
            "[]",
            json("{'url':1,'x':2}"),
            json("{'events':{}}"),
            good + ",\"description\":\"\\u0000\"}")) {
      assertThat(asha.post(Webhooks.PATH, bad).text("type"))
          .as(bad)
          .isEqualTo("urn:handoff:problem:invalid-request");
    }
    for (String bad :
        List.of(
            "{}",
            good + ",\"events\":[]}",
            good + ",\"events\":[\"task.started\"]}",
            good + ",\"events\":[null]}",
            good + ",\"types\":[\"A b\"]}",
            good + ",\"types\":[null]}",
            good + ",\"description\":\"" + "x".repeat(201) + "\"}",
            json("{'url':'http://user:pass@example.com/'}"),
            json("{'url':'http://example.com/#part'}"),
            json("{'url':'http://example.com:25/'}"),
            json("{'url':'ftp://example.com/'}"),
            json("{'url':'/hook'}"),
            json("{'url':'http://exa mple.com/'}"),
            "{\"url\":\"http://example.com/" + "x".repeat(2_000) + "\"}")) {
      HttpAnswer refused = asha.post(Webhooks.PATH, bad);
      assertThat(refused.status()).as(bad).isEqualTo(422);
      assertThat(refused.text("type")).isEqualTo("urn:handoff:problem:invalid-webhook");
    }
    assertThat(asha.call("POST", Webhooks.PATH, "text/plain", new byte[0]).status()).isEqualTo(415);
  }
}
