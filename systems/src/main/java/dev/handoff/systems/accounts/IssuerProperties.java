package dev.handoff.systems.accounts;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of an OpenID Connect issuer whose tokens are accepted under `handoff.api.path`.
///
/// @param issuerUri URI of an OpenID Connect issuer whose access tokens are accepted; empty for
///   none
/// @param audience audience that the issuer's tokens must name; if empty, tokens for any audience
///   are accepted
/// @param tenantClaim claim with the caller's tenant, which every token of the issuer must then
///   have; if empty, these callers have no tenant
/// @param scopesClaim claim with the caller's scopes (`submit`, `read`, `operate`); if empty, these
///   callers have all scopes
@ConfigurationProperties("handoff.security")
public record IssuerProperties(
    @DefaultValue("") String issuerUri,
    @DefaultValue("") String audience,
    @DefaultValue("") String tenantClaim,
    @DefaultValue("") String scopesClaim) {
  public IssuerProperties {
    if (!issuerUri.isEmpty() && !isWebAddress(issuerUri)) {
      throw new IllegalArgumentException(
          "handoff.security.issuer-uri is an http(s) address, was '" + issuerUri + "'");
    }
    if (issuerUri.isEmpty() && !(audience + tenantClaim + scopesClaim).isEmpty()) {
      throw new IllegalArgumentException(
          "handoff.security.audience, .tenant-claim and .scopes-claim need"
              + " handoff.security.issuer-uri");
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException noUri) {
      return false;
    }
  }
}
