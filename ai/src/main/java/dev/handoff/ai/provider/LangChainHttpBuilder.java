package dev.handoff.ai.provider;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/// Hands LangChain4j a client that is already built and keeps its own limits of time.
record LangChainHttpBuilder(LangChainHttpClient client) implements HttpClientBuilder {
  @Override
  public Duration connectTimeout() {
    return client.http().connectTimeout();
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return client.http().timeout();
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    return this;
  }

  @Override
  public HttpClient build() {
    return client;
  }
}
