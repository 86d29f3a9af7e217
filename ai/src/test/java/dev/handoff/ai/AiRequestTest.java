package dev.handoff.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AiRequestTest {
  @Test
  void refusesWhatNoProviderCouldAnswer() {
    assertThatThrownBy(() -> AiRequest.of("", List.of())).hasMessageContaining("one message");
    assertThatThrownBy(() -> AiMessage.user("  ")).hasMessageContaining("text or an image");
    assertThatThrownBy(() -> new AiImage(new byte[0], "image/png")).hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> new AiImage(new byte[1], "text/html")).hasMessageContaining("image/");
    AiRequest hello = AiRequest.of("", AiMessage.user("Hello"));
    assertThatThrownBy(() -> hello.withTemperature(3)).hasMessageContaining("Temperature");
    assertThatThrownBy(() -> hello.withMaxTokens(0)).hasMessageContaining("output token");
  }

  @Test
  void anImageKeepsItsBytesToItself() {
    byte[] bytes = {1, 2, 3};
    AiImage image = new AiImage(bytes, "Image/PNG");

    bytes[0] = 9;
    image.bytes()[1] = 9;

    assertThat(image).isEqualTo(new AiImage(new byte[] {1, 2, 3}, "image/png"));
    assertThat(image.toString()).isEqualTo("AiImage[image/png, 3 bytes]");
  }
}
