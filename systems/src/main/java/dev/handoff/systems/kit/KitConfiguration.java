package dev.handoff.systems.kit;

import dev.handoff.Handoff;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.web.ContentTypeFilter;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemWriter;
import dev.handoff.spring.web.RequestIdFilter;
import dev.handoff.systems.kit.Refusal.Why;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What follows from the descriptions of the systems.
@Configuration(proxyBeanMethods = false)
@Import(RefusalAnswers.class)
public class KitConfiguration {
  // Before security: a body that is too large is not read for anybody.
  private static final int BEFORE_SECURITY = Ordered.HIGHEST_PRECEDENCE + 100;

  private static final String NO_TYPE =
      "The Content-Type is none. Send application/json, or multipart/form-data with a file.";

  @Bean
  SystemsDatabase systemsDatabase(
      DataSource database, JdbcClient client, TransactionOperations transactions) {
    return new SystemsDatabase(database, client, transactions);
  }

  @Bean
  TaskLink taskLink(Handoff handoff) {
    return new TaskLink(handoff);
  }

  @Bean
  Systems systems(List<SystemDescription> all, HandoffProperties settings) {
    return new Systems(all, settings.api().path());
  }

  /// For all paths; the starter's own is for those of the API.
  @Bean
  FilterRegistrationBean<RequestIdFilter> requestIds() {
    FilterRegistrationBean<RequestIdFilter> registration =
        new FilterRegistrationBean<>(new RequestIdFilter());
    registration.setName("requestIds");
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /// Everything behind this filter sees paths without the slash at their end.
  @Bean
  FilterRegistrationBean<UrlHandlerFilter> slashFilter(Systems systems) {
    UrlHandlerFilter filter =
        UrlHandlerFilter.trailingSlashHandler(systems.withAndWithoutSlash().toArray(String[]::new))
            .wrapRequest()
            .build();
    FilterRegistrationBean<UrlHandlerFilter> first = new FilterRegistrationBean<>(filter);
    first.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return first;
  }

  @Bean
  FilterRegistrationBean<Filter> systemBodyLimits(
      Systems systems, RefusalAnswers answers, HandoffProperties settings) {
    HandoffProperties.Api api = settings.api();
    BodyLimitFilter usual = limit(api.bodyLimit(), api.uploadLimit(), answers);
    Map<String, BodyLimitFilter> uploads = new HashMap<>();
    systems
        .all()
        .forEach(system ->
            system
                .uploads()
                .forEach((path, size) -> uploads.put(path, limit(api.bodyLimit(), size, answers))));
    FilterRegistrationBean<Filter> limits =
        new FilterRegistrationBean<>((request, response, chain) ->
            uploads
                .getOrDefault(((HttpServletRequest) request).getServletPath(), usual)
                .doFilter(request, response, chain));
    limits.setName("systemBodyLimits");
    limits.setUrlPatterns(systems.callPatterns());
    limits.setOrder(BEFORE_SECURITY);
    return limits;
  }

  /// For every path: Spring looks for the route of each of them in the same way.
  @Bean
  FilterRegistrationBean<ContentTypeFilter> systemContentTypes(
      Systems systems, RefusalAnswers answers) {
    Refusal refusal = Refusal.of(Why.INVALID, 415, NO_TYPE);
    ContentTypeFilter filter =
        new ContentTypeFilter((request, response) -> {
          if (systems.isApi(request.getRequestURI())) {
            ProblemWriter.write(Problem.UNSUPPORTED_MEDIA_TYPE, request, response);
          } else {
            answers.write(refusal, request, response);
          }
        });
    filter.setBeanName("systemContentType");
    FilterRegistrationBean<ContentTypeFilter> types = new FilterRegistrationBean<>(filter);
    types.setName("systemContentTypes");
    types.setOrder(BEFORE_SECURITY);
    return types;
  }

  private static BodyLimitFilter limit(DataSize body, DataSize upload, RefusalAnswers answers) {
    Refusal refusal = Refusal.of(Why.TOO_LARGE, 413, RefusalAnswers.TOO_LARGE);
    BodyLimitFilter filter =
        new BodyLimitFilter(
            body, upload, (request, response) -> answers.write(refusal, request, response));
    // Told apart from the API's own, which may come before or after.
    filter.setBeanName("systemBodyLimit");
    return filter;
  }

  /// Calls may take a [JsonBody] as a parameter.
  @Bean
  WebMvcConfigurer jsonBodies() {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallArgument(JsonBody.class, JsonBody::of));
      }
    };
  }
}
