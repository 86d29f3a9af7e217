package dev.handoff.ai.provider;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/// The HTTP client under LangChain4j, whose own loses the wait that a provider asks for. What an
/// answer says of its end is judged here, because LangChain4j takes every answer for whole. Safe
/// for use by many threads.
record LangChainHttpClient(ProviderHttpClient http, NativeWire wire) implements HttpClient {
  private static final int LONGEST_MARGIN = 100;

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    return http.call(
        toJdkRequest(request),
        body -> {
          String text = new String(body.stream().readAllBytes(), StandardCharsets.UTF_8);
          wire.requireEnd(text);
          return body.success().body(text).build();
        });
  }

  /// Returns when the stream has ended, unlike the library's client.
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    try {
      http.call(
          toJdkRequest(request),
          body -> {
            StreamCompletion end = new StreamCompletion(listener, wire, body.deadline()::extend);
            end.onOpen(body.success().build());
            BufferedInputStream stream = new BufferedInputStream(body.stream());
            if (wire.isStreamOfEvents() && isDocument(stream)) {
              wire.requireEnd(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
              throw new UnreadableAnswerException();
            }
            parser.parse(stream, end);
            end.throwWhatBroke();
            return body;
          });
    } catch (RuntimeException e) {
      listener.onError(e);
      return;
    }
    listener.onClose();
  }

  // An error mostly, with the status of an answer.
  private static boolean isDocument(BufferedInputStream stream) throws IOException {
    stream.mark(LONGEST_MARGIN + 1);
    int first = stream.read();
    for (int read = 1; read < LONGEST_MARGIN && Character.isWhitespace(first); read++) {
      first = stream.read();
    }
    stream.reset();
    return first == '{' || first == '[';
  }

  private java.net.http.HttpRequest toJdkRequest(HttpRequest request) {
    var builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .timeout(http.timeout())
            .method(request.method().name(), BodyPublishers.ofString(request.body()));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    return builder.build();
  }
}
