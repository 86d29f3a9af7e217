package dev.handoff.server;

import dev.handoff.systems.SiteProperties;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/// Tells from where a request comes, and whether it came by TLS. Only a proxy that is trusted may
/// say so, in `X-Forwarded-For` and `X-Forwarded-Proto`: what anybody else writes there changes
/// nothing. Of the addresses the rightmost counts that is no trusted proxy's, because a caller can
/// write what he likes to the left of it. Whatever comes to a site whose public URL is `https`
/// counts as come by TLS. Safe for use by many threads.
@Component
@EnableConfigurationProperties(TrustedProxies.ProxyProperties.class)
final class TrustedProxies implements HttpConfiguration.Customizer {
  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";

  // More proxies than stand in front of any site.
  private static final int MOST_HOPS = 20;

  private final List<TrustedNetwork> trusted;
  private final boolean alwaysSecure;

  TrustedProxies(ProxyProperties settings, SiteProperties site) {
    this.trusted = settings.trusted().stream().map(TrustedNetwork::of).toList();
    this.alwaysSecure = site.isSecure();
  }

  /// Addresses of one family: `::/0` are not those of IPv4.
  private record TrustedNetwork(IpAddressMatcher addresses, boolean ofIpv6) {
    static TrustedNetwork of(String text) {
      return new TrustedNetwork(new IpAddressMatcher(text), text.indexOf(':') >= 0);
    }

    boolean contains(InetAddress address) {
      return ofIpv6 == address instanceof Inet6Address
          && addresses.matches(address.getHostAddress());
    }
  }

  /// Settings of the proxies in front of the server.
  ///
  /// @param trusted addresses and networks of the proxies that may say in `X-Forwarded-For` and
  ///   `X-Forwarded-Proto` for whom they ask, such as `10.0.0.0/8, 2001:db8::/32`; none if empty
  @ConfigurationProperties("handoff.proxy")
  record ProxyProperties(@DefaultValue List<String> trusted) {
    ProxyProperties {
      trusted = List.copyOf(trusted);
      for (String network : trusted) {
        try {
          var _ = new IpAddressMatcher(network);
        } catch (IllegalArgumentException none) {
          throw new IllegalArgumentException(
              "handoff.proxy.trusted has addresses and networks such as 10.0.0.0/8, was '"
                  + network
                  + "'",
              none);
        }
      }
    }
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    boolean isProxy =
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
            && peer.getAddress() != null
            && isTrusted(peer.getAddress());
    Optional<InetSocketAddress> caller = isProxy ? caller(request.getHeaders()) : Optional.empty();
    boolean secure =
        alwaysSecure || (isProxy && "https".equals(lastOf(request.getHeaders(), PROTO)));
    return caller.isEmpty() && !secure
        ? request
        : new ForwardedRequest(
            request,
            caller.orElse(null),
            secure || request.isSecure() ? HttpScheme.HTTPS : HttpScheme.HTTP);
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  /// The caller's address; empty when the proxy does not name one.
  private Optional<InetSocketAddress> caller(HttpFields headers) {
    List<String> hops = headers.getCSV(FOR, false);
    Optional<InetSocketAddress> found = Optional.empty();
    int last = Math.max(0, hops.size() - MOST_HOPS);
    for (int i = hops.size() - 1; i >= last; i--) {
      Optional<InetAddress> hop = address(hops.get(i));
      if (hop.isEmpty()) {
        return found;
      }
      found = hop.map(address -> new InetSocketAddress(address, 0));
      if (!isTrusted(hop.get())) {
        return found;
      }
    }
    return found;
  }

  // Some proxies write the port behind the address.
  private static Optional<InetAddress> address(String hop) {
    String bare = hop.strip();
    if (bare.startsWith("[")) {
      bare = bare.substring(1, Math.max(1, bare.indexOf(']')));
    } else if (bare.indexOf(':') >= 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
      bare = bare.substring(0, bare.indexOf(':'));
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static String lastOf(HttpFields headers, String name) {
    List<String> values = headers.getCSV(name, false);
    return values.isEmpty() ? "" : values.getLast().strip().toLowerCase(Locale.ROOT);
  }

  /// A request as its proxy describes it.
  private static final class ForwardedRequest extends Request.Wrapper {
    private final HttpURI uri;
    private final ConnectionMetaData connection;

    ForwardedRequest(Request request, @Nullable InetSocketAddress caller, HttpScheme scheme) {
      super(request);
      this.uri = HttpURI.build(request.getHttpURI()).scheme(scheme).asImmutable();
      this.connection =
          new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
              return caller == null ? super.getRemoteSocketAddress() : caller;
            }

            @Override
            public boolean isSecure() {
              return scheme == HttpScheme.HTTPS;
            }
          };
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }

    @Override
    public boolean isSecure() {
      return connection.isSecure();
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }
  }
}
