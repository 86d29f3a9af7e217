package dev.handoff.ai;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The AI provider and how to reach it (`handoff.ai.*`). The API key is never printed.
///
/// @param provider `openai` for OpenAI and compatible servers, `anthropic`, `gemini`, `ollama`, or
///   `offline`, which needs none of the other settings
/// @param baseUrl base URL of the provider's API, including its version, such as
///   `https://api.openai.com/v1`; http or https, without user, query or fragment. Slashes at its
///   end, the path of a call (`/chat/completions`) and quotes around it are dropped; blank stands
///   for the provider's usual one
/// @param apiKey API key, sent to the provider; empty sends none
/// @param model name of the model at the provider; blank stands for a small one of the provider
/// @param timeout longest time of a call, including the whole answer: 100 ms to 1 h. It begins anew
///   with each piece of an answer that is streamed, up to ten times as long in all
public record AiSettings(
    String provider, String baseUrl, String apiKey, String model, Duration timeout) {
  /// The provider that needs no network and no key.
  public static final String OFFLINE = "offline";

  /// OpenAI, and every server that is compatible with it.
  public static final String OPENAI = "openai";

  /// Anthropic's own API.
  public static final String ANTHROPIC = "anthropic";

  /// Google's own API.
  public static final String GEMINI = "gemini";

  /// Ollama's own API.
  public static final String OLLAMA = "ollama";

  /// Where OpenAI's own API is.
  public static final String OPENAI_BASE_URL = "https://api.openai.com/v1";

  /// A small, cheap model that reads images.
  public static final String DEFAULT_MODEL = "gpt-4o-mini";

  /// The limit of an attempt in the systems.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  private static final String ANTHROPIC_BASE_URL = "https://api.anthropic.com/v1";
  private static final String GEMINI_BASE_URL = "https://generativelanguage.googleapis.com/v1beta";
  private static final String OLLAMA_BASE_URL = "http://localhost:11434";
  private static final Set<String> WITH_KEYS =
      Set.of(hostOf(OPENAI_BASE_URL), hostOf(ANTHROPIC_BASE_URL), hostOf(GEMINI_BASE_URL));

  private static final Pattern AROUND =
      Pattern.compile("^[\\s\\p{Z}\\p{Cf}\"'`<]+|[\\s\\p{Z}\\p{Cf}\"'`>]+$");
  private static final Pattern CALL =
      Pattern.compile(
          "/(?:chat/completions|completions|responses|audio/transcriptions|models|messages"
              + "|api/(?:chat|generate|tags))$");

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(1);

  /// Fills blanks with the defaults and refuses what cannot work, naming the setting.
  public AiSettings {
    provider = orDefault(provider, OFFLINE).toLowerCase(Locale.ROOT);
    baseUrl = normalised(orDefault(bare(baseUrl), baseUrlOf(provider)), provider);
    model = orDefault(model, modelOf(provider));
    apiKey = apiKey.strip();
    requireBaseUrl(baseUrl);
    if (!apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "handoff.ai.api-key has a character that cannot be sent (its value is not shown)");
    }
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "handoff.ai.timeout must be from 100ms to 1h, was " + timeout);
    }
  }

  /// The offline provider, with everything else at its default.
  public static AiSettings defaults() {
    return new AiSettings(OFFLINE, OPENAI_BASE_URL, "", DEFAULT_MODEL, DEFAULT_TIMEOUT);
  }

  /// An OpenAI-compatible provider, with the default model and timeout.
  public static AiSettings openAi(String baseUrl, String apiKey) {
    return new AiSettings(OPENAI, baseUrl, apiKey, DEFAULT_MODEL, DEFAULT_TIMEOUT);
  }

  /// The same settings with this model.
  public AiSettings withModel(String model) {
    return new AiSettings(provider, baseUrl, apiKey, model, timeout);
  }

  /// The same settings with this time limit.
  public AiSettings withTimeout(Duration timeout) {
    return new AiSettings(provider, baseUrl, apiKey, model, timeout);
  }

  /// Whether no provider is called at all.
  public boolean isOffline() {
    return provider.equals(OFFLINE);
  }

  /// Whether calls are bound to fail because OpenAI, Anthropic or Google itself is asked without a
  /// key. Other base URLs may need none.
  public boolean lacksKey() {
    return !isOffline() && apiKey.isEmpty() && WITH_KEYS.contains(hostOf(baseUrl));
  }

  /// Whether the base URL is OpenAI's own and not that of a compatible server.
  public boolean isOpenAiItself() {
    return hostOf(OPENAI_BASE_URL).equals(hostOf(baseUrl));
  }

  private static String hostOf(String url) {
    return String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT);
  }

  private static String baseUrlOf(String provider) {
    return switch (provider) {
      case ANTHROPIC -> ANTHROPIC_BASE_URL;
      case GEMINI -> GEMINI_BASE_URL;
      case OLLAMA -> OLLAMA_BASE_URL;
      default -> OPENAI_BASE_URL;
    };
  }

  private static String modelOf(String provider) {
    return switch (provider) {
      case ANTHROPIC -> "claude-3-5-haiku-latest";
      case GEMINI -> "gemini-2.5-flash";
      case OLLAMA -> "llama3.2";
      default -> DEFAULT_MODEL;
    };
  }

  /// Leaves the API key out of logs, and shows whether it is set.
  @Override
  public String toString() {
    return "AiSettings[provider=%s, baseUrl=%s, apiKey=%s, model=%s, timeout=%s]"
        .formatted(provider, baseUrl, apiKey.isEmpty() ? "(none)" : "***", model, timeout);
  }

  private static String orDefault(String value, String whenBlank) {
    return value.isBlank() ? whenBlank : value.strip();
  }

  // As people copy it from a file of settings: in quotes, with spaces that are not seen.
  private static String bare(String baseUrl) {
    return AROUND.matcher(baseUrl).replaceAll("");
  }

  // Once, here: whoever appends a path begins it with the only slash. Also in the middle, where the
  // parts of an address were put together. A call's own address is pasted as often as the base.
  private static String normalised(String baseUrl, String provider) {
    String url = baseUrl.replaceAll("(?<!:)/{2,}", "/").replaceAll("[/?#]+$", "");
    url = CALL.matcher(url).replaceAll("").replaceAll("/+$", "");
    if (provider.equals(OLLAMA)) {
      url = url.replaceAll("/(?:v1|api)$", "");
    }
    int colon = url.indexOf(':');
    return colon < 0
        ? url
        : url.substring(0, colon).toLowerCase(Locale.ROOT) + url.substring(colon);
  }

  private static void requireBaseUrl(String baseUrl) {
    try {
      URI uri = new URI(baseUrl);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getUserInfo() == null && uri.getQuery() == null;
      if (web && bare && uri.getHost() != null && uri.getFragment() == null) {
        return;
      }
    } catch (URISyntaxException ignored) {
      // The message below says it; the value is not repeated because it may hold a secret.
    }
    throw new IllegalArgumentException(
        "handoff.ai.base-url must look like https://host/v1, without user, query or fragment");
  }
}
