package dev.handoff.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AiSettingsTest {
  private static final String SECRET = "sk-very-secret";

  @Test
  void blanksAreFilledWithTheDefaults() {
    AiSettings settings = new AiSettings(" ", "", "", " ", Duration.ofSeconds(60));

    assertThat(settings).isEqualTo(AiSettings.defaults());
    assertThat(settings.isOffline()).isTrue();
    assertThat(settings.model()).isEqualTo("gpt-4o-mini");
    assertThat(settings.baseUrl()).isEqualTo("https://api.openai.com/v1");
  }

  @Test
  void theKeyIsNeverPrinted() {
    AiSettings settings = AiSettings.openAi("http://localhost:1/v1", SECRET);

    assertThat(settings.toString()).doesNotContain(SECRET).contains("***");
    assertThat(AiSettings.defaults().toString()).contains("(none)");
  }

  @Test
  void onlyOpenAiItselfNeedsAKey() {
    assertThat(AiSettings.openAi(AiSettings.OPENAI_BASE_URL, "").lacksKey()).isTrue();
    assertThat(AiSettings.openAi("http://localhost:11434/v1", "").lacksKey()).isFalse();
    assertThat(AiSettings.defaults().lacksKey()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/v1",
        "host/v1",
        "https://user:sk-very-secret@host/v1",
        "https://host/v1?key=sk-very-secret",
        "https://host/v1#x",
        "https:// host"
      })
  void refusesABaseUrlThatCannotWorkWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> AiSettings.openAi(url, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("handoff.ai.base-url")
        .hasMessageNotContaining(SECRET)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host/v1",
        "https://host/v1/",
        "https://host//v1//",
        " https://host/v1 ",
        "\thttps://host/v1\n",
        "\u00a0https://host/v1\u200b",
        "\uFEFFhttps://host/v1",
        "\"https://host/v1\"",
        "'https://host/v1/'",
        "<https://host/v1>",
        "HTTPS://host/v1",
        "https://host/v1?",
        "https://host/v1#",
        "https://host/v1/chat/completions",
        "https://host/v1/chat/completions/",
        "https://host/v1//chat/completions",
        "https://host/v1/audio/transcriptions",
        "https://host/v1/completions",
        "https://host/v1/responses",
        "https://host/v1/models",
      })
  void aBaseUrlIsTheSameHoweverItIsPasted(String url) {
    assertThat(AiSettings.openAi(url, "").baseUrl()).isEqualTo("https://host/v1");
  }

  @ParameterizedTest
  @CsvSource({
    "ollama, http://localhost:11434/v1, http://localhost:11434",
    "ollama, http://localhost:11434/api/chat, http://localhost:11434",
    "ollama, http://localhost:11434/api/, http://localhost:11434",
    "ollama, '', http://localhost:11434",
    "anthropic, https://api.anthropic.com/v1/messages, https://api.anthropic.com/v1",
    "openai, '\u200b', https://api.openai.com/v1",
    "openai, https://host/models/v1, https://host/models/v1",
    "openai, http://[::1]:8080/v1/, http://[::1]:8080/v1",
  })
  void aBaseUrlIsThatOfItsProvider(String provider, String url, String expected) {
    assertThat(new AiSettings(provider, url, "", "", Duration.ofSeconds(9)).baseUrl())
        .isEqualTo(expected);
  }

  @Test
  void refusesAKeyThatNoHeaderCanCarryWithoutRepeatingIt() {
    assertThatThrownBy(() -> AiSettings.openAi("http://h/v1", SECRET + "\n" + SECRET))
        .hasMessageContaining("handoff.ai.api-key")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void refusesATimeoutOutOfBounds() {
    assertThatThrownBy(() -> AiSettings.defaults().withTimeout(Duration.ZERO))
        .hasMessageContaining("handoff.ai.timeout");
    assertThatThrownBy(() -> AiSettings.defaults().withTimeout(Duration.ofHours(2)))
        .hasMessageContaining("handoff.ai.timeout");
  }
}
