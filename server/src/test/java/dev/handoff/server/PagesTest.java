package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages, their files, headers, and what is answered where nothing is. Built with `-Dweb.skip`
/// there are no pages; their addresses then answer 404 like any other.
final class PagesTest {
  private static final boolean BUILT = PagesTest.class.getResource("/static/index.html") != null;
  private static final Pattern ASSET = Pattern.compile("/assets/[^\"]+\\.js");

  private final TestServer server = TestServer.shared();
  private final Client anybody = server.anybody().with("Accept", "text/html");

  @ParameterizedTest
  @ValueSource(strings = {"/", "/login/", "/login", "/login/?next=/ai/chat/"})
  void openPagesAreServed(String path) {
    HttpAnswer page = anybody.get(path);

    assertThat(page.status()).isEqualTo(BUILT ? 200 : 404);
    assertThat(page.header("content-type")).startsWith("text/html");
    if (BUILT) {
      assertThat(page.body()).contains("<div id=\"root\">");
      assertThat(page.header("cache-control")).isEqualTo("no-cache");
      assertThat(page.header("last-modified")).isEmpty();
      assertThat(anybody.with("If-None-Match", page.header("etag")).get(path).status())
          .isEqualTo(304);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/ai/chat/", "/ai/chat", "/web-knowledge/prompt/", "/web-knowledge/prompt"})
  void pagesOfSystemsAreForThoseWhoAreLoggedIn(String path) {
    assertThat(anybody.get(path).status()).isEqualTo(302);
    assertThat(server.as("asha@demo.test").with("Accept", "text/html").get(path).status())
        .isEqualTo(BUILT ? 200 : 404);
  }

  @Test
  void filesWithAHashMayBeKeptForEver() {
    Matcher asset = ASSET.matcher(anybody.get("/").body());
    assertThat(asset.find()).isEqualTo(BUILT);
    if (BUILT) {
      HttpAnswer file = server.anybody().with("Accept-Encoding", "gzip").get(asset.group());
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.header("cache-control")).contains("max-age=31536000", "immutable");
      assertThat(file.header("content-encoding")).isEqualTo("gzip");
      assertThat(file.headers("set-cookie")).isEmpty();
    }
    assertThat(anybody.get("/assets/nothing.js").status()).isEqualTo(404);
    assertThat(anybody.get("/assets/..%2f..%2fapplication.yaml").status()).isEqualTo(400);
  }

  @Test
  void everyAnswerTellsBrowsersWhatOurPagesNeverDo() {
    for (String path : new String[] {"/", "/api/v1/tasks/x", "/ai/chat/config/", "/nothing"}) {
      HttpAnswer answer = anybody.get(path);
      assertThat(answer.header("content-security-policy"))
          .startsWith(
              "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline';"
                  + " font-src 'self' data:; connect-src 'self';")
          .endsWith("frame-ancestors 'none'");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.header("server")).isEmpty();
    }
  }

  @Test
  void whatDoesNotExistIsASmallCleanPage() {
    HttpAnswer page = server.as("asha@demo.test").with("Accept", "text/html").get("/nothing/here");
    HttpAnswer call = server.as("asha@demo.test").get("/nothing/here");

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.body())
        .contains("This page does not exist")
        .doesNotContain("Whitelabel", "Exception");
    assertThat(call.body()).isEqualTo(json("{'success':false,'error':'Not found'}"));
    assertThat(anybody.get("/nothing/here").header("location"))
        .isEqualTo("/login/?next=/nothing/here");
  }

  @Test
  void healthIsOpenAndTellsNothingElse() {
    Client anything = server.anybody();

    assertThat(anything.get("/actuator/health/readiness").body())
        .isEqualTo(json("{'status':'UP'}"));
    assertThat(anything.get("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(anything.get("/actuator/env").status()).isEqualTo(302);
    assertThat(server.as("admin@demo.test").get("/actuator/env").status()).isEqualTo(404);
  }
}
