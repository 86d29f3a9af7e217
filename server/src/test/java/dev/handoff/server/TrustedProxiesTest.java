package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.server.TrustedProxies.ProxyProperties;
import dev.handoff.systems.SiteProperties;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// From where a request comes: what a trusted proxy says, and nothing that anybody else does.
final class TrustedProxiesTest {
  private static final List<String> NETWORKS = List.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/32");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          198.51.100.7 | https | 198.51.100.7 secure
          198.51.100.7 | http | 198.51.100.7
          198.51.100.7 | - | 198.51.100.7
          6.6.6.6, 198.51.100.7 | https | 198.51.100.7 secure
          6.6.6.6, 198.51.100.7, 10.1.2.3 | http, https | 198.51.100.7 secure
          198.51.100.7, 10.1.2.3 | https, http | 198.51.100.7
          10.9.9.9, 10.1.2.3 | - | 10.9.9.9
          198.51.100.7:4711 | - | 198.51.100.7
          [2001:db9::7]:4711, 2001:db8::1 | - | [2001:db9:0:0:0:0:0:7]
          2001:db9::7 | - | [2001:db9:0:0:0:0:0:7]
          unknown | https | 127.0.0.1 secure
          198.51.100.7, unknown, 10.1.2.3 | - | 10.1.2.3
          a.example | - | 127.0.0.1
          - | https | 127.0.0.1 secure
          - | HTTPS | 127.0.0.1 secure
          - | javascript | 127.0.0.1
          """)
  void aTrustedProxySaysForWhomItAsks(
      @Nullable String addresses, @Nullable String scheme, String seen) throws Exception {
    assertThat(
            seenBy(new TrustedProxies(new ProxyProperties(NETWORKS), site("")), addresses, scheme))
        .isEqualTo(seen);
  }

  @Test
  void nobodyElseDoes() throws Exception {
    for (List<String> networks : List.of(List.<String>of(), List.of("10.0.0.0/8", "::/0"))) {
      TrustedProxies proxies = new TrustedProxies(new ProxyProperties(networks), site(""));
      assertThat(seenBy(proxies, "198.51.100.7", "https")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aSiteOfHttpsIsSecureWhoeverAsks() throws Exception {
    TrustedProxies proxies =
        new TrustedProxies(new ProxyProperties(List.of()), site("https://handoff.example.org"));
    assertThat(seenBy(proxies, "198.51.100.7", "http")).isEqualTo("127.0.0.1 secure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "10.0.0.0/33", "", "10.0.0.0/8 "})
  void refusesWhatIsNoNetwork(String network) {
    assertThatThrownBy(() -> new ProxyProperties(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("handoff.proxy.trusted")
        .hasMessageContaining("'" + network + "'");
  }

  @Test
  void strangersChangeNothingOnAPlatformEither() {
    try (TestServer server =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.public-url=https://handoff.example.org",
            "spring.main.cloud-platform=kubernetes")) {
      Client liar =
          server
              .anybody()
              .with("X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "http")
              .with("Forwarded", "for=198.51.100.7;proto=http", "X-Forwarded-Host", "evil.example");
      HttpAnswer login =
          liar.post(
              "/api/auth/login/",
              JsonText.json("{'username':'zero@demo.test','password':'handoff'}"));

      assertThat(login.status()).isEqualTo(200);
      assertThat(login.headers("Set-Cookie")).isNotEmpty().allMatch(one -> one.contains("Secure"));
      assertThat(login.header("Strict-Transport-Security")).isNotEmpty();
      assertThat(
              liar.bearing(login.text("access"))
                  .get("/api/auth/sessions/")
                  .json()
                  .path(0)
                  .path("address")
                  .asString())
          .isEqualTo("127.0.0.1");
    }
  }

  private static SiteProperties site(String url) {
    return new SiteProperties(url, false);
  }

  private static String seenBy(
      TrustedProxies proxies, @Nullable String addresses, @Nullable String scheme)
      throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(proxies);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            boolean secure = request.isSecure() && "https".equals(request.getHttpURI().getScheme());
            Content.Sink.write(
                response,
                true,
                Request.getRemoteAddr(request) + (secure ? " secure" : ""),
                callback);
            return true;
          }
        });
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      List<String> headers = new ArrayList<>(List.of("Accept", "text/plain"));
      if (addresses != null) {
        headers.addAll(List.of("X-Forwarded-For", addresses));
      }
      if (scheme != null) {
        headers.addAll(List.of("X-Forwarded-Proto", scheme));
      }
      URI url = URI.create("http://127.0.0.1:" + connector.getLocalPort());
      return client
          .send(
              HttpRequest.newBuilder(url).headers(headers.toArray(String[]::new)).build(),
              BodyHandlers.ofString())
          .body();
    } finally {
      server.stop();
    }
  }
}
