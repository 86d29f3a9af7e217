package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Payload;
import dev.handoff.PayloadException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JacksonPayloadCodecTest {
  private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

  record EncodedQuestion(String text, List<String> hints, Instant askedAt) {}

  @Test
  void readsWhatItWrote() {
    EncodedQuestion question =
        new EncodedQuestion("what is \"x\"?", List.of("😀"), Instant.parse("2026-01-05T09:00:00Z"));

    Payload payload = codec.encode(question);

    assertThat(payload.text())
        .isEqualTo(
            "{\"text\":\"what is \\\"x\\\"?\",\"hints\":[\"😀\"],"
                + "\"askedAt\":\"2026-01-05T09:00:00Z\"}");
    assertThat(codec.decode(payload, EncodedQuestion.class)).isEqualTo(question);
  }

  @Test
  void refusesTextOfAnotherKind() {
    for (String text : List.of("", "{", "[1]", "null", "\"text\"")) {
      assertThatThrownBy(() -> codec.decode(new Payload(text), EncodedQuestion.class))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("Question");
    }
  }

  record Selfish(String name) {
    Selfish {
      name = name.strip();
    }

    public Selfish getSelf() {
      return this;
    }
  }

  @Test
  void refusesWhatHasNoEnd() {
    assertThatThrownBy(() -> codec.encode(new Selfish("endless")))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("Selfish");
  }
}
