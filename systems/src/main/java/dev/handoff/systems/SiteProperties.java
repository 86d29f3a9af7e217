package dev.handoff.systems;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the site.
///
/// @param publicUrl URL of the site as its users write it, such as `https://handoff.example.org`,
///   without a path; links that the server prints begin with it, and if it is `https`, cookies are
///   sent by TLS only and browsers are told to use nothing else
/// @param dataDirStrict whether a data folder that other users of the machine may open is refused,
///   instead of a warning
@ConfigurationProperties("handoff")
public record SiteProperties(
    @DefaultValue("") String publicUrl, @DefaultValue("false") boolean dataDirStrict) {
  public SiteProperties {
    if (!publicUrl.isEmpty() && !isSite(publicUrl)) {
      throw new IllegalArgumentException(
          "handoff.public-url is http:// or https:// and a host, without a path, was '"
              + publicUrl
              + "'");
    }
  }

  /// Whether the site's users reach it by TLS.
  public boolean isSecure() {
    return publicUrl.startsWith("https:");
  }

  /// The public URL, else that of this port on this machine.
  public String base(int port) {
    return publicUrl.isEmpty() ? "http://localhost:" + port : publicUrl;
  }

  private static boolean isSite(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null;
    } catch (IllegalArgumentException noUri) {
      return false;
    }
  }
}
