package dev.handoff.ai.provider;

import static dev.handoff.testing.model.ModelScript.answer;
import static dev.handoff.testing.model.ModelScript.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiUsage;
import dev.handoff.ai.AnswerForm;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ScriptedModelServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpenAiModelTest {
  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final AiModel model =
      OpenAiModel.connect(AiSettings.openAi(server.baseUrl(), ScriptedModelServer.KEY));

  @AfterEach
  void close() {
    model.close();
    server.close();
  }

  @Test
  void sendsPersonaAndHistoryAndBringsBackTextModelAndUsage() throws Exception {
    server.enqueue(answer("x = 4"));

    AiReply reply =
        model.ask(
            AiRequest.of(
                    "You are a tutor.",
                    List.of(
                        AiMessage.user("Hi"),
                        AiMessage.assistant("Hello!"),
                        AiMessage.user("What is 2x=8?")))
                .withTemperature(0.5)
                .withMaxTokens(100));

    assertThat(reply).isEqualTo(AiReply.fromModel("x = 4", "gpt-4o-mini", new AiUsage(9, 3)));
    ModelRequest sent = server.requests().getFirst();
    assertThat(sent.turns())
        .extracting(turn -> turn.role() + ": " + turn.text())
        .containsExactly(
            "system: You are a tutor.", "user: Hi", "assistant: Hello!", "user: What is 2x=8?");
    assertThat(sent.model()).isEqualTo("gpt-4o-mini");
    assertThat(sent.authorized()).isTrue();
    assertThat(sent.isStreaming()).isFalse();
    assertThat(sent.wantsJson()).isFalse();
    assertThat(sent.temperature()).hasValue(0.5);
    assertThat(sent.maxTokens()).hasValue(100);
  }

  @Test
  void streamsThePiecesInOrderOnTheCallingThreadAndReadsTheUsage() throws Exception {
    Gate gate = Gate.closed();
    server.enqueue(streamed(gate, "2x = 8, ", "so ", "x = 4"));
    List<String> heard = new CopyOnWriteArrayList<>();
    FutureTask<AiReply> asking =
        new FutureTask<>(() -> {
          Thread asker = Thread.currentThread();
          return model.ask(
              request("What is 2x=8?"),
              piece -> heard.add(Thread.currentThread().equals(asker) ? piece : "elsewhere"));
        });
    Thread.ofVirtual().start(asking);

    gate.pass();
    await().untilAsserted(() -> assertThat(heard).containsExactly("2x = 8, "));
    gate.pass(2);

    AiReply reply = asking.get();
    assertThat(heard).containsExactly("2x = 8, ", "so ", "x = 4");
    assertThat(reply.text()).isEqualTo("2x = 8, so x = 4");
    assertThat(reply.usage()).isEqualTo(new AiUsage(3, 7));
    assertThat(reply.generatedByAi()).isTrue();
    assertThat(server.requests().getFirst().wantsUsage()).isTrue();
  }

  @Test
  void imagesArriveByteForByte() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);

    model.ask(AiRequest.of("", AiMessage.user("What is this?", new AiImage(bytes, "image/jpeg"))));
    model.ask(AiRequest.of("", AiMessage.user("", new AiImage(bytes, "image/png"))));

    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().getFirst().lastUserText()).isEqualTo("What is this?");
    assertThat(server.requests().getFirst().images())
        .singleElement()
        .satisfies(image -> {
          assertThat(image.contentType()).isEqualTo("image/jpeg");
          assertThat(image.bytes()).isEqualTo(bytes);
        });
    assertThat(server.requests().getLast().images().getFirst().bytes()).isEqualTo(bytes);
  }

  @Test
  void jsonFormAsksForJsonModeAndMentionsJson() throws Exception {
    server.enqueue(answer("{\"a\":1}"), answer("{}"));

    AiReply reply = model.ask(request("Give me a").withForm(AnswerForm.JSON));
    model.ask(
        AiRequest.of("Reply in JSON only.", AiMessage.user("Give")).withForm(AnswerForm.JSON),
        _ -> {});

    assertThat(reply.text()).isEqualTo("{\"a\":1}");
    assertThat(server.requests()).allMatch(ModelRequest::wantsJson);
    assertThat(server.requests().getFirst().turns().getFirst().text()).contains("JSON object");
    assertThat(server.requests().getLast().turns().getFirst().text())
        .isEqualTo("Reply in JSON only.");
  }

  @Test
  void anInterruptBetweenPiecesHangsUpOnTheProvider() throws Exception {
    Gate gate = Gate.closed();
    server.enqueue(streamed(gate, "one ", "two ", "three"));
    List<String> heard = new CopyOnWriteArrayList<>();
    FutureTask<AiReply> asking = new FutureTask<>(() -> model.ask(request("Count"), heard::add));
    Thread asker = Thread.ofVirtual().start(asking);
    gate.pass();
    await().until(() -> heard.size() == 1);

    asker.interrupt();

    assertInterrupted(asking);
    await().until(() -> server.disconnects() == 1 && server.openCalls() == 0);
    assertThat(heard).containsExactly("one ");
  }

  @Test
  void anInterruptDuringAPlainCallHangsUpOnTheProvider() throws Exception {
    server.enqueue(dev.handoff.testing.model.ModelScript.hang(Gate.closed()));
    FutureTask<AiReply> asking = new FutureTask<>(() -> model.ask(request("Hello?")));
    Thread asker = Thread.ofVirtual().start(asking);
    await().until(() -> server.openCalls() == 1);

    asker.interrupt();

    assertInterrupted(asking);
    await().until(() -> server.disconnects() == 1 && server.openCalls() == 0);
  }

  @Test
  void anInterruptBeforeTheFirstByteEndsTheCall() throws Exception {
    server.enqueue(dev.handoff.testing.model.ModelScript.silence(Gate.closed()));
    FutureTask<AiReply> asking = new FutureTask<>(() -> model.ask(request("Hello?"), _ -> {}));
    Thread asker = Thread.ofVirtual().start(asking);
    await().until(() -> server.openCalls() == 1);

    asker.interrupt();

    assertInterrupted(asking);
  }

  @Test
  void aListenerThatThrowsEndsTheCallAndIsHeard() {
    server.enqueue(streamed(Gate.open(), "one ", "two"));
    List<String> heard = new ArrayList<>();

    assertThatThrownBy(() ->
            model.ask(
                request("Count"),
                piece -> {
                  heard.add(piece);
                  throw new IllegalStateException("disk full");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("disk full");
    assertThat(heard).containsExactly("one ");
  }

  @Test
  void aFactoryKnowsTheProvidersByName() {
    AiSettings unknown = new AiSettings("gpt", "", "", "", AiSettings.DEFAULT_TIMEOUT);

    assertThat(AiProviders.create(AiSettings.defaults())).isInstanceOf(AiProvider.Offline.class);
    try (AiProvider openai = AiProviders.create(AiSettings.openAi(server.baseUrl(), ""))) {
      assertThat(openai.modelOr(model)).isNotSameAs(model).isInstanceOf(OpenAiModel.class);
    }
    assertThatThrownBy(() -> AiProviders.create(unknown)).hasMessageContaining("offline, openai");
  }

  private static AiRequest request(String text) {
    return AiRequest.of("", AiMessage.user(text));
  }

  private static void assertInterrupted(FutureTask<AiReply> asking) {
    assertThatThrownBy(asking::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }
}
