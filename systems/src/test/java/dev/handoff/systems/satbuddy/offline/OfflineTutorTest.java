package dev.handoff.systems.satbuddy.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OfflineTutorTest {
  private static final OfflineTutor TUTOR = OfflineTutor.shipped();
  private static final AiImage IMAGE = new AiImage(new byte[] {1}, "image/png");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What is 2x=8?                     | **Answer:** \\( x = 4 \\)
          solve 2x + y = 7 and x - y = 2    | x = 3, \\; y = 1
          What is 15% of 80?                | **Answer:** \\( 12 \\)
          Hi!                               | I'm **SAT Buddy**
          test                              | I'm **SAT Buddy**
          thanks a lot!!                    | You're welcome
          Who are you?                      | your study companion
          How should I prepare today?       | Warm up (5 minutes)
          What are the most important concepts to know on the SAT? | a few ideas in each carry most of the points
          when do I need a comma            | **Commas: when to use them and when not**
          give me a hard question on quadratics | **Question mode**
          Generate a Practice Question      | **Question mode**
          quiz me on commas                 | **Question mode**
          who won the world cup in 1998     | I don't have a good answer to that offline
          log(x) = 2                        | I couldn't solve the mathematics
          """)
  void answersEachKindOfMessage(String message, String part) {
    assertThat(answer(message)).as(message).contains(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2x = 8", "hi", "commas", "pizza", "", "give me a hint for this problem"})
  void saysExactlyOnceAtTheEndThatItIsOffline(String message) {
    AiMessage sent = message.isEmpty() ? AiMessage.user("", IMAGE) : AiMessage.user(message);

    String answer = TUTOR.answer(sent, List.of());

    assertThat(answer.split("without an AI model", -1)).hasSize(2);
    assertThat(answer).endsWith("my own notes.*");
  }

  @Test
  void saysPlainlyThatItCannotReadImagesAndAnswersTheTextBesideThem() {
    String alone = TUTOR.answer(AiMessage.user("", IMAGE), List.of());
    String beside = TUTOR.answer(AiMessage.user("Is it 2x = 8?", IMAGE, IMAGE), List.of());

    assertThat(alone).contains("can't read images").contains("type the question as text");
    assertThat(beside).contains("those images").contains("x = 4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          and if it were 3x?           | x = \\frac{8}{3}
          What if it is 12?            | x = 6
          and if it was 16 instead of 8 | x = 8
          """)
  void understandsSimpleFollowUps(String message, String part) {
    List<AiMessage> history =
        List.of(AiMessage.user("What is 2x=8?"), AiMessage.assistant("x = 4"));

    assertThat(TUTOR.answer(AiMessage.user(message), history))
        .contains("I take that to mean")
        .contains(part);
  }

  @Test
  void doesNotGuessAtFollowUpsThatCouldMeanSeveralThings() {
    List<AiMessage> history = List.of(AiMessage.user("solve 2x + 3 = 5x - 1"));

    assertThat(TUTOR.answer(AiMessage.user("and if it were 3x?"), history))
        .doesNotContain("I take that to mean");
    assertThat(TUTOR.answer(AiMessage.user("and if it were 3x?"), List.of()))
        .doesNotContain("I take that to mean");
  }

  @Test
  void asAModelItStreamsItsAnswerAndDoesNotClaimToBeAnAi() throws Exception {
    List<String> heard = new ArrayList<>();
    AiRequest request =
        AiRequest.of(
            "persona",
            List.of(
                AiMessage.user("What is 2x=8?"),
                AiMessage.assistant("x = 4"),
                AiMessage.user("and if it were 3x?")));

    AiReply reply = TUTOR.asModel().ask(request, heard::add);

    assertThat(String.join("", heard)).isEqualTo(reply.text());
    assertThat(reply.text()).contains("\\frac{8}{3}");
    assertThat(reply.generatedByAi()).isFalse();
    assertThat(reply.usage()).isEqualTo(AiUsage.NONE);
  }

  @Test
  void anInterruptEndsTheAnswer() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> TUTOR.asModel().ask(AiRequest.of("", AiMessage.user("hi"))))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static String answer(String message) {
    return TUTOR.answer(AiMessage.user(message), List.of());
  }
}
