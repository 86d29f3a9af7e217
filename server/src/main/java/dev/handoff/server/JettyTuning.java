package dev.handoff.server;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the web server does before any call or page of ours is asked.
@Configuration(proxyBeanMethods = false)
class JettyTuning {
  // Java's own default of 50 is less than what comes in while a busy machine looks elsewhere for a
  // tenth of a second; what does not fit is cut off without an answer.
  private static final int WAITING_CONNECTIONS = 1_024;

  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> strictJetty() {
    return factory ->
        factory.addServerCustomizers(server -> {
          server.setErrorHandler(new ContainerRefusals());
          for (Connector connector : server.getConnectors()) {
            if (connector instanceof ServerConnector sockets) {
              sockets.setAcceptQueueSize(WAITING_CONNECTIONS);
            }
            HttpConnectionFactory http =
                connector.getConnectionFactory(HttpConnectionFactory.class);
            if (http != null) {
              exact(http.getHttpConfiguration());
            }
          }
        });
  }

  // Otherwise a connection remembers the headers it has seen without regard to case, and takes a
  // key or token for another one that differs in nothing else.
  private static void exact(HttpConfiguration http) {
    http.setHeaderCacheCaseSensitive(true);
  }
}
