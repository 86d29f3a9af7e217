package dev.handoff.spring;

import dev.handoff.Handoff;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.ApiRoutes;
import dev.handoff.spring.api.LiveCalls;
import dev.handoff.spring.api.LongPolls;
import dev.handoff.spring.api.OperatorPayloadCalls;
import dev.handoff.spring.api.OperatorTaskCalls;
import dev.handoff.spring.api.StreamCalls;
import dev.handoff.spring.api.SubmitConfiguration;
import dev.handoff.spring.api.SubmitLimits;
import dev.handoff.spring.api.TaskCalls;
import dev.handoff.spring.live.LiveSockets;
import dev.handoff.spring.live.LiveTokenFilter;
import dev.handoff.spring.live.TaskStreams;
import dev.handoff.spring.openapi.OpenApiRoutes;
import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.tables.TaskDatabase;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.web.ContentTypeFilter;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemWriter;
import dev.handoff.spring.web.RequestIdFilter;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.spring.web.Unavailability;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// The calls under `handoff.api.path`, in a web application that does not switch them off with
/// `handoff.api.enabled`.
@AutoConfiguration(after = HandoffWebAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "handoff.api.enabled", matchIfMissing = true)
@ConditionalOnClass(DispatcherServletPath.class)
@ConditionalOnBean(TaskStreams.class)
@Import(SubmitConfiguration.class)
public final class HandoffApiAutoConfiguration {
  private static final String JETTY_SOCKETS =
      "org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer";

  // After the filters that set the encoding, before those that authenticate the caller.
  private static final int BEFORE_SECURITY = Ordered.HIGHEST_PRECEDENCE + 100;

  @Bean
  ApiTables handoffApiTables(TaskDatabase database) {
    return new ApiTables(database.dataSource());
  }

  @Bean
  LongPolls handoffLongPolls(Handoff handoff) {
    return new LongPolls(handoff);
  }

  @Bean
  ApiCalls handoffTaskCalls(
      Handoff handoff, TaskVisibility visibility, TaskStreams streams, LongPolls longPolls) {
    return new TaskCalls(handoff, visibility, streams, longPolls);
  }

  @Bean
  ApiCalls handoffOperatorTaskCalls(
      Handoff handoff, ListableBeanFactory beans, TaskStreams streams, LongPolls longPolls) {
    return new OperatorTaskCalls(handoff, TaskTypes.of(beans), streams, longPolls);
  }

  @Bean
  ApiCalls handoffOperatorPayloadCalls(Handoff handoff, OperatorProperties settings) {
    return new OperatorPayloadCalls(handoff, settings.payloads());
  }

  @Bean
  SubmitLimits handoffSubmitLimits(HandoffProperties settings) {
    HandoffProperties.Api api = settings.api();
    return new SubmitLimits(
        api.openTypes(), api.idempotencyRetention(), api.batchRetention(), api.submitsPerMinute());
  }

  @Bean
  ApiCalls handoffStreamCalls(TaskStreams streams) {
    return new StreamCalls(streams);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass(JETTY_SOCKETS)
  static class NoSockets {
    @Bean
    ApiCalls handoffLiveCalls() {
      return LiveCalls.refused();
    }
  }

  /// WebSockets, where the web server is Jetty.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = JETTY_SOCKETS)
  static class Sockets {
    @Bean
    ApiCalls handoffLiveCalls(
        Handoff handoff,
        TaskVisibility visibility,
        TaskStreams streams,
        CurrentCaller currentCaller) {
      return new LiveCalls(new LiveSockets(handoff, visibility, streams, currentCaller)::open);
    }

    @Bean
    FilterRegistrationBean<LiveTokenFilter> handoffLiveToken(
        HandoffProperties settings, ObjectProvider<DispatcherServletPath> servlet) {
      FilterRegistrationBean<LiveTokenFilter> registration =
          new FilterRegistrationBean<>(new LiveTokenFilter());
      registration.setName("handoffLiveToken");
      registration.addUrlPatterns(inServlet(servlet, settings.api().path() + "/live"));
      registration.setOrder(BEFORE_SECURITY);
      return registration;
    }
  }

  @Bean
  ApiRoutes handoffApi(
      List<ApiCalls> calls, CurrentCaller currentCaller, Unavailability unavailability) {
    return new ApiRoutes(calls, currentCaller, unavailability);
  }

  @Bean
  RouterFunction<ServerResponse> handoffApiRoutes(ApiRoutes api, HandoffProperties settings) {
    return api.under(settings.api().path());
  }

  @Bean
  RouterFunction<ServerResponse> handoffOpenApi(ApiRoutes api, HandoffProperties settings) {
    return OpenApiRoutes.under(settings.api().path(), api);
  }

  @Bean
  FilterRegistrationBean<RequestIdFilter> handoffRequestId(
      HandoffProperties settings, ObjectProvider<DispatcherServletPath> servlet) {
    FilterRegistrationBean<RequestIdFilter> registration =
        new FilterRegistrationBean<>(new RequestIdFilter());
    registration.setName("handoffRequestId");
    registration.addUrlPatterns(inServlet(servlet, settings.api().path() + "/*"));
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> handoffBodyLimit(
      HandoffProperties settings, ApiRoutes routes, ObjectProvider<DispatcherServletPath> servlet) {
    HandoffProperties.Api api = settings.api();
    BodyLimitFilter filter =
        new BodyLimitFilter(
            api.bodyLimit(),
            api.uploadLimit(),
            (request, response) -> ProblemWriter.write(Problem.BODY_TOO_LARGE, request, response));
    filter.setBeanName("handoffBodyLimit");
    FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setName("handoffBodyLimit");
    registration.addUrlPatterns(allCalls(settings, routes, servlet));
    registration.setOrder(BEFORE_SECURITY);
    return registration;
  }

  @Bean
  FilterRegistrationBean<ContentTypeFilter> handoffContentType(
      HandoffProperties settings, ApiRoutes routes, ObjectProvider<DispatcherServletPath> servlet) {
    ContentTypeFilter filter =
        new ContentTypeFilter((request, response) ->
            ProblemWriter.write(Problem.UNSUPPORTED_MEDIA_TYPE, request, response));
    filter.setBeanName("handoffContentType");
    FilterRegistrationBean<ContentTypeFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setName("handoffContentType");
    registration.addUrlPatterns(allCalls(settings, routes, servlet));
    registration.setOrder(BEFORE_SECURITY);
    return registration;
  }

  private static String[] allCalls(
      HandoffProperties settings, ApiRoutes routes, ObjectProvider<DispatcherServletPath> servlet) {
    return routes.roots().stream()
        .map(root -> inServlet(servlet, settings.api().path() + root + "/*"))
        .toArray(String[]::new);
  }

  // Patterns of filters begin at the application's root, routes at that of Spring's servlet.
  private static String inServlet(ObjectProvider<DispatcherServletPath> servlet, String path) {
    DispatcherServletPath place = servlet.getIfAvailable();
    return place == null ? path : place.getRelativePath(path);
  }
}
