package dev.handoff.systems.accounts.people;

import dev.handoff.systems.SiteProperties;
import org.springframework.core.env.Environment;

/// The address of a one-time link on this server. Safe for use by many threads.
record LinkAddress(SiteProperties site, Environment settings) {
  private static final int USUAL_PORT = 8080;

  String of(String token) {
    int port =
        settings.getProperty(
            "local.server.port",
            Integer.class,
            settings.getProperty("server.port", Integer.class, USUAL_PORT));
    return site.base(port) + "/setup/#" + token;
  }
}
