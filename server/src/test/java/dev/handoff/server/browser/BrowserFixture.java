package dev.handoff.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A browser, and a server that asks a scripted AI provider, shared by the tests of a class.
final class BrowserFixture implements AutoCloseable {
  private static final double PATIENCE = 15_000;

  private final Chromium chromium;
  private final ScriptedModelServer model;
  private final ServerProcess server;

  private BrowserFixture(Chromium chromium, ScriptedModelServer model, ServerProcess server) {
    this.chromium = chromium;
    this.model = model;
    this.server = server;
  }

  /// Starts both, with the data in this folder and these settings beside the provider's.
  static BrowserFixture start(Path data, String... settings) throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    ScriptedModelServer model = ScriptedModelServer.start();
    List<String> options = new ArrayList<>(List.of(settings));
    options.add("--handoff.ai.provider=openai");
    options.add("--handoff.ai.base-url=" + model.baseUrl());
    options.add("--handoff.ai.api-key=" + ScriptedModelServer.KEY);
    return new BrowserFixture(
        new Chromium(), model, ServerProcess.start(data, options.toArray(String[]::new)));
  }

  ScriptedModelServer model() {
    return model;
  }

  Browser browser() {
    return chromium.browser();
  }

  ServerProcess server() {
    return server;
  }

  /// Opens a browser context with these options.
  Visitor visitor(Browser.NewContextOptions options) {
    return Visitor.on(browser(), server, options);
  }

  @Override
  public void close() {
    server.close();
    model.close();
    chromium.close();
  }
}
