package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SAT Buddy's chats as they are kept on the server.
@OnBothStores
final class ConversationCallsTest {
  private static final String ALL = "/ai/chat/conversations/";

  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");
  private final Client ben = server.as("ben@demo.test");
  private final String id = UUID.randomUUID().toString();
  private final String path = ALL + id + "/";

  @Test
  void anAnswerGetsIntoItsChatThoughNoPageIsOpen() {
    Gate gate = Gate.closed();
    String asked = SatBuddyTest.unique("What is 2x=8?");
    TestServer.model().enqueue(ModelScript.streamed(gate, "x = 4"));
    String task =
        Tasks.taken(
            asha.post(
                "/ai/chat/message/", json("{'message':'%s','conversation_id':'%s'}", asked, id)));
    put(
        asha,
        path,
        json(
            "{'title':'Algebra','messages':[{'id':'u1','kind':'user','text':'%s'}],"
                + "'pending':{'taskId':'%s'}}",
            asked, task));
    assertThat(asha.get(path).json().path("pending").path("taskId").asString()).isEqualTo(task);

    gate.openForAll();
    await().until(() -> asha.get(path).json().path("messages").size() == 2);

    HttpAnswer chat = asha.get(path);
    assertThat(chat.json().path("messages").get(1).toString())
        .contains("\"kind\":\"answer\"", "x = 4", "\"id\":\"t-" + task);
    assertThat(chat.json().path("pending").isNull()).isTrue();
  }

  @Test
  void anotherPersonsChatLooksLikeNone() {
    put(asha, path, json("{'title':'Mine','messages':[{'id':'u1','text':'secret'}]}"));

    assertThat(ben.get(path).status()).isEqualTo(404);
    assertThat(ben.get(ALL + "?search=secret").json().path("conversations").size()).isZero();
    assertThat(ben.call("DELETE", path, "application/json", new byte[0]).status()).isEqualTo(404);
    put(ben, path, json("{'title':'His','messages':[{'id':'u1','text':'other'}]}"));

    assertThat(asha.get(path).text("title")).isEqualTo("Mine");
    assertThat(asha.get(path).body()).contains("secret").doesNotContain("other");
    assertThat(server.anybody().get(path).status()).isEqualTo(401);
  }

  @Test
  void aChatIsRenamedDeletedAndRestored() {
    put(asha, path, json("{'title':'First','messages':[]}"));

    assertThat(send("PATCH", path, json("{'title':' Slopes\\nand lines '}")).status())
        .isEqualTo(200);
    assertThat(asha.get(path).text("title")).isEqualTo("Slopes and lines");
    assertThat(send("PATCH", path, json("{'title':' '}")).text("error"))
        .isEqualTo("Title is required");
    assertThat(send("DELETE", path, "").status()).isEqualTo(200);

    assertThat(asha.get(path).status()).isEqualTo(404);
    assertThat(send("PUT", path, json("{'messages':[]}")).text("error"))
        .isEqualTo("This chat was deleted.");
    assertThat(asha.post(path + "restore/").status()).isEqualTo(200);
    assertThat(asha.get(path).text("title")).isEqualTo("Slopes and lines");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'messages':[{'kind':'user'}]}",
        "{'messages':[{'id':'a b'}]}",
        "{'messages':'none'}",
        "{'messages':[1]}",
        "{'removed':['']}",
        "{'messages':[{'id':'u1','text':7}]}",
      })
  void whatIsNoChangeIsRefused(String body) {
    assertThat(send("PUT", path, json(body)).status()).isEqualTo(400);
    assertThat(asha.get(path).status()).isEqualTo(404);
  }

  @Test
  void tooMuchIsRefused() {
    String long1 = json("{'messages':[{'id':'u1','text':'%s'}]}", "x".repeat(70_000));
    String many = json("{'removed':[%s]}", "'a',".repeat(200) + "'a'");

    assertThat(send("PUT", path, long1).text("error")).isEqualTo("A message is too long.");
    assertThat(send("PUT", path, many).status()).isEqualTo(400);
    assertThat(send("PUT", ALL + "1/", json("{}")).status()).isEqualTo(404);
  }

  private static void put(Client who, String path, String body) {
    HttpAnswer answer = send(who, "PUT", path, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  private HttpAnswer send(String method, String path, String body) {
    return send(asha, method, path, body);
  }

  private static HttpAnswer send(Client who, String method, String path, String body) {
    return who.call(method, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }
}
