package dev.handoff.server.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A person with a browser of their own, on the example page of the browser kit; the page comes
/// from its build and talks to the server, over a cable, as if the server had brought it. The calls
/// of the test itself go to the server directly.
final class BrowserFollower implements AutoCloseable {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("handoff.root"), "web", "example", "dist");
  private static final JsonMapper JSON = new JsonMapper();

  private final ServerProcess server;
  private final CuttableProxy cable;
  private final BrowserContext context;
  private final String token;

  private BrowserFollower(ServerProcess server, CuttableProxy cable, BrowserContext context) {
    this.server = server;
    this.cable = cable;
    this.context = context;
    context.setDefaultTimeout(15_000);
    if (!Files.isRegularFile(EXAMPLE.resolve("index.html"))) {
      throw new IllegalStateException("no page in " + EXAMPLE + ": npm run build in web");
    }
    context.route("**/example/**", BrowserFollower::answerFromTheBuild);
    // The cookies, which know no ports, stay in the browser for its pages.
    RequestOptions account =
        RequestOptions.create()
            .setData(Map.of("username", "asha@demo.test", "password", "handoff"));
    JsonNode login = bodyOf(context.request().post(direct("/api/auth/login/"), account));
    this.token = login.get("access").asString();
  }

  static BrowserFollower on(Browser browser, ServerProcess server, CuttableProxy cable) {
    return new BrowserFollower(
        server,
        cable,
        browser.newContext(new Browser.NewContextOptions().setBaseURL(cable.url().toString())));
  }

  private static void answerFromTheBuild(Route route) {
    String file = route.request().url().replaceFirst("^.*/example/", "");
    Path path = EXAMPLE.resolve(file.isEmpty() ? "index.html" : file);
    if (Files.isRegularFile(path)) {
      route.fulfill(new Route.FulfillOptions().setPath(path));
    } else {
      route.fulfill(new Route.FulfillOptions().setStatus(404));
    }
  }

  /// Hands a question in, and makes it the task that the page is about.
  String ask(String message) {
    Map<String, Object> question =
        Map.of("message", message, "context", "", "images", List.of(), "history", List.of());
    JsonNode accepted =
        bodyOf(context.request().post(direct("/ai/chat/message/"), authorized().setData(question)));
    String task = accepted.get("task_id").asString();
    context.addInitScript("localStorage.setItem('handoff:task:text', '" + task + "')");
    return task;
  }

  Page openPage() {
    Page page = context.newPage();
    page.navigate("/example/");
    return page;
  }

  /// Pulls the cable, which the browser notices.
  void cutNetwork() {
    cable.cut();
    context.setOffline(true);
  }

  void mendNetwork() {
    cable.mend();
    context.setOffline(false);
  }

  /// The number of the task's last event on the server.
  int lastEvent(String task) {
    return bodyOf(context.request().get(direct("/api/v1/tasks/" + task), authorized()))
        .get("lastEvent")
        .asInt();
  }

  /// The ended task's whole log as the server tells it, a line an event.
  List<String> logOf(String task) {
    String stream =
        context.request().get(direct("/api/v1/tasks/" + task + "/events"), authorized()).text();
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> lineOf(JSON.readTree(line.substring("data: ".length()))))
        .toList();
  }

  private static String lineOf(JsonNode event) {
    String type = event.get("type").asString();
    String shown = type.equals("chunkEmitted") ? event.get("text").asString() : type;
    return event.get("seq").asInt() + " " + shown;
  }

  /// The events that a page shows.
  static Locator events(Page page) {
    return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Events"));
  }

  /// The same lines as [#logOf], from what a page shows.
  static List<String> seenOn(Page page) {
    Object lines =
        events(page)
            .getByRole(AriaRole.LISTITEM)
            .evaluateAll("items => items.map(item => item.dataset.seq + ' ' + item.textContent)");
    return ((List<?>) Objects.requireNonNull(lines))
        .stream().map(Object::toString).collect(Collectors.toList());
  }

  private String direct(String path) {
    return server.url(path).toString();
  }

  private RequestOptions authorized() {
    return RequestOptions.create().setHeader("Authorization", "Bearer " + token);
  }

  private static JsonNode bodyOf(APIResponse response) {
    if (!response.ok()) {
      throw new IllegalStateException(response.status() + " " + response.text());
    }
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    Chromium.leave(context);
  }
}
