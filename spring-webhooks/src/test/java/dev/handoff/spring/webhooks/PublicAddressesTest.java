package dev.handoff.spring.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.handoff.spring.webhooks.PublicAddresses.NotPublicException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "64:ff9b::a00:1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
        "4000::1"
      })
  void leadsToNoAddressThatIsNotTheInternet(String address) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "8.8.8.8", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.0.1",
        "172.32.0.1", "192.0.1.1", "192.167.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255",
        "2606:4700::1111", "2001:4860:4860::8888", "2a00::1", "::ffff:8.8.8.8"
      })
  void leadsToTheInternet(String address) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
  }

  private static HostNames meaning(String... addresses) {
    return host -> Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  @Test
  void ofSeveralAddressesThePublicOnesAreUsed() throws UnknownHostException {
    assertThat(new PublicAddresses(meaning("127.0.0.1", "8.8.8.8", "::1")).resolve("mixed.test"))
        .containsExactly(InetAddress.ofLiteral("8.8.8.8"));
    assertThatThrownBy(() -> new PublicAddresses(meaning("10.0.0.1")).resolve("inside.test"))
        .isInstanceOf(NotPublicException.class);
  }

  @Test
  void theSenderConnectsToNothingElse() throws Exception {
    AtomicInteger heard = new AtomicInteger();
    HttpServer inside =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    inside.createContext(
        "/",
        exchange -> {
          heard.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    inside.start();
    String port = ":" + inside.getAddress().getPort() + "/";
    try (WebhookSender guarded = new WebhookSender(new PublicAddresses(meaning("127.0.0.1")));
        WebhookSender open = new WebhookSender(meaning("127.0.0.1"))) {
      for (String host : new String[] {"name.test", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"}) {
        assertThatThrownBy(() -> guarded.post(URI.create("http://" + host + port), Map.of(), "{}"))
            .as(host)
            .isInstanceOf(NotPublicException.class);
      }
      assertThat(heard).hasValue(0);
      assertThat(open.post(URI.create("http://name.test" + port), Map.of(), "{}").status())
          .isEqualTo(204);
      assertThat(heard).hasValue(1);
    } finally {
      inside.stop(0);
    }
  }
}
