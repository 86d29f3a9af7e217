package dev.handoff.ai.provider;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/// The HTTP client under LangChain4j, whose own loses the wait that a provider asks for. What an
/// answer says of its end is judged here, because LangChain4j takes every answer for whole. Safe
/// for use by many threads.
record LangChainHttpClient(ProviderHttpClient http, NativeWire wire) implements HttpClient {
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
            parser.parse(body.stream(), end);
            end.throwWhatBroke();
            return body;
          });
    } catch (RuntimeException e) {
      listener.onError(e);
      return;
    }
    listener.onClose();
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
