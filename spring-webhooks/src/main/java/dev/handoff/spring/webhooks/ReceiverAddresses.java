package dev.handoff.spring.webhooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks the URLs of webhooks. A host name is resolved and checked at each delivery
/// ([WebhookSender]); forbidden literal addresses are refused here. Safe for use by many threads.
public record ReceiverAddresses(WebhookProperties settings) {
  private static final int LONGEST = 2_000;

  /// Returns the URL in this text; empty if messages may not be sent there.
  public Optional<URI> read(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(text)).filter(this::isGood);
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }

  private boolean isGood(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost();
    return (scheme.equals("https") || (scheme.equals("http") && settings.allowHttp()))
        && host != null
        && url.getRawUserInfo() == null
        && url.getRawFragment() == null
        && url.toString().chars().allMatch(c -> c < 128)
        && PublicAddresses.isPort(url.getPort())
        && (settings.allowPrivateAddresses() || mayLeadOutside(host));
  }

  private static boolean mayLeadOutside(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    String name = bare.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return false;
    }
    try {
      return PublicAddresses.isPublic(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException isName) {
      return true;
    }
  }
}
