package dev.handoff.systems.accounts.people;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/// Prints a link for making the first administrator when the server starts and has no accounts.
record SetUpLink(AccountAdmin admin, OneTimeLinks links, LinkAddress addresses) {
  private static final Logger LOG = LoggerFactory.getLogger(SetUpLink.class);

  @EventListener
  void printWhereThereAreNoAccounts(ApplicationReadyEvent ready) {
    Environment settings = ready.getApplicationContext().getEnvironment();
    boolean serves = settings.getProperty("local.server.port", Integer.class) != null;
    if (serves && !admin.hasAccounts()) {
      LOG.info(
          "there are no accounts; within one hour the first administrator is made at {}",
          addresses.of(links.forFirstAccount()));
    }
  }
}
