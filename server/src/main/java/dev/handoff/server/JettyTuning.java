package dev.handoff.server;

import dev.handoff.systems.DemoProperties;
import java.net.InetAddress;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.Callback;
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

  // What nearly all bodies are shorter than; of longer ones the rest comes when it is read.
  private static final long COMES_BEFORE_THE_CALL = 64 * 1024;

  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> strictJetty(
      ShutdownNotice notice, TrustedProxies proxies) {
    return factory -> {
      factory.addServerCustomizers(server -> {
        server.setErrorHandler(new ContainerRefusals());
        server.setHandler(new LastAnswers(whenTheBodyIsThere(server.getHandler()), notice));
        for (Connector connector : server.getConnectors()) {
          if (connector instanceof ServerConnector sockets) {
            sockets.setAcceptQueueSize(WAITING_CONNECTIONS);
          }
          HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
          if (http != null) {
            exact(http.getHttpConfiguration());
            http.getHttpConfiguration().addCustomizer(proxies);
          }
        }
      });
    };
  }

  /// A demo, whose passwords everybody knows, is for this machine only unless it is said otherwise.
  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> demoOnThisMachine(
      DemoProperties settings) {
    return factory -> {
      if (settings.demo() && !settings.demoOnNetwork()) {
        factory.setAddress(InetAddress.ofLiteral("127.0.0.1"));
      }
    };
  }

  /// In place of Spring Boot's of these names, which put two filters for upgrades in front of every
  /// call. Our sockets are opened in a call of their own, and the filters were a twentieth of a
  /// status read.
  @Bean({"websocketServletWebServerCustomizer", "websocketUpgradeFilterWebServerCustomizer"})
  WebServerFactoryCustomizer<JettyServletWebServerFactory> socketsWithoutFilters() {
    return factory ->
        factory.addServerCustomizers(server -> {
          for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
            JettyWebSocketServletContainerInitializer.configure(context, null);
          }
        });
  }

  // A refusal is often written without looking at the body. While that is still on its way, Jetty
  // would promise to keep the connection and then close it, and the client's next call on it would
  // be lost. Whoever waits to be told to go on with a body is not told so here.
  private static Handler whenTheBodyIsThere(Handler calls) {
    EagerContentHandler handler =
        new EagerContentHandler(
            calls, new RetainedContentLoaderFactory(COMES_BEFORE_THE_CALL, -1, false));
    handler.exclude(request -> request.getHeaders().contains(HttpHeader.EXPECT));
    return handler;
  }

  /// Asks clients to close their connections once the server ends: one that is kept would be closed
  /// while the next request is on its way, which its client could not send again safely.
  private static final class LastAnswers extends Handler.Wrapper {
    private final ShutdownNotice notice;

    LastAnswers(Handler calls, ShutdownNotice notice) {
      super(calls);
      this.notice = notice;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (notice.isGiven()
          && !"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE))) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
      }
      return super.handle(request, response, callback);
    }
  }

  // Otherwise a connection remembers the headers it has seen without regard to case, and takes a
  // key or token for another one that differs in nothing else.
  private static void exact(HttpConfiguration http) {
    http.setHeaderCacheCaseSensitive(true);
  }
}
