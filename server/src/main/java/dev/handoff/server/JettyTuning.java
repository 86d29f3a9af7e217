package dev.handoff.server;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the web server does before any call or page of ours is asked.
@Configuration(proxyBeanMethods = false)
class JettyTuning {
  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> strictJetty() {
    return factory ->
        factory.addServerCustomizers(server -> {
          server.setErrorHandler(new ContainerRefusals());
          for (Connector connector : server.getConnectors()) {
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
