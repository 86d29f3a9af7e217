package dev.handoff.ai.provider;

import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.TokenListener;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A model behind the chat-completions API at one base URL: OpenAI's own, or that of a compatible
/// server (docs/providers.md). Optional fields of the request that the server refuses are left out
/// from then on. Answers are bounded to 8 MiB on the wire and to the settings' timeout in all;
/// connecting gets at most 10 s of it. Safe for use by many threads.
public final class OpenAiModel implements AiModel {
  private final AiSettings settings;
  private final ProviderHttpClient http;
  private final Negotiation negotiation = new Negotiation();
  private final OpenedThoughts opened = new OpenedThoughts();

  private OpenAiModel(AiSettings settings, InstantSource clock) {
    this.settings = settings;
    this.http = new ProviderHttpClient(settings, clock);
  }

  /// The model of these settings. Nothing is sent until the first question.
  public static OpenAiModel connect(AiSettings settings) {
    return connect(settings, InstantSource.system());
  }

  /// The same with a clock, against which a `Retry-After` date is read.
  public static OpenAiModel connect(AiSettings settings, InstantSource clock) {
    return new OpenAiModel(settings, clock);
  }

  @Override
  public AiReply ask(AiRequest request, TokenListener onToken) throws InterruptedException {
    ProviderFailures.requireReady(settings);
    try {
      return negotiation.negotiate(new ChatCall(request, onToken));
    } catch (RuntimeException e) {
      throw ProviderFailures.sort(e, settings);
    }
  }

  /// One request, in as many calls as it takes.
  private final class ChatCall implements Negotiation.NegotiatedCall<AiReply> {
    private final AiRequest request;
    private final TokenListener onToken;
    private @Nullable CompletionReader reader;

    ChatCall(AiRequest request, TokenListener onToken) {
      this.request = request;
      this.onToken = onToken;
    }

    @Override
    public Set<RequestField> fields(Set<RequestField> leftOut) {
      return OpenAiRequests.fields(request, settings, !onToken.equals(TokenListener.NONE), leftOut);
    }

    @Override
    public AiReply ask(Set<RequestField> fields) {
      CompletionReader reading = new CompletionReader(settings.model(), onToken, opened);
      reader = reading;
      http.read(post(OpenAiRequests.body(request, settings, fields)), reading);
      return reading.reply();
    }

    @Override
    public boolean hasBegun() {
      return reader != null && reader.hasBegun();
    }
  }

  private HttpRequest post(String body) {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(URI.create(settings.baseUrl() + "/chat/completions"))
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!settings.apiKey().isEmpty()) {
      post.header("Authorization", "Bearer " + settings.apiKey());
    }
    return post.build();
  }

  @Override
  public void close() {
    http.close();
  }

  /// Names the model and the server; never the key.
  @Override
  public String toString() {
    return "OpenAiModel[" + settings + "]";
  }
}
