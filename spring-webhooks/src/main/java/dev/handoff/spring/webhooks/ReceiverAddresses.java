package dev.handoff.spring.webhooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks the URLs of webhooks. A host name is resolved and checked at each delivery
/// ([WebhookSender]); forbidden literal addresses are refused here. Safe for use by many threads.
public record ReceiverAddresses(WebhookProperties settings) {
  private static final int LONGEST = 2_000;
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

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
    // Only the literal form of an address: a name is not looked up here.
    if (!bare.contains(":") && !NUMERIC.matcher(bare).matches()) {
      return true;
    }
    try {
      return PublicAddresses.isPublic(InetAddress.getByName(bare));
    } catch (UnknownHostException notAnAddress) {
      return true;
    }
  }
}
