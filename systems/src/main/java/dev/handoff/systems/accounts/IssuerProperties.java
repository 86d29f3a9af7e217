package dev.handoff.systems.accounts;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whose tokens are accepted under `handoff.api.path` beside our own.
///
/// @param issuerUri the address of an OpenID Connect issuer whose tokens are accepted as callers;
///   none unless given
/// @param audience what its tokens have to name as their audience; without it tokens for any
///   audience are accepted
/// @param tenantClaim the claim that names the caller's tenant, which then every token must have;
///   without it callers have no tenant
/// @param scopesClaim the claim that lists what the caller may do, of submit, read and operate;
///   without it callers may do everything
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
