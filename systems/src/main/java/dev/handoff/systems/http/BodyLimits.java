package dev.handoff.systems.http;

import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.wire.WireJson;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

/// The limits of request bodies in front of the systems' calls, answered in their form.
public final class BodyLimits {
  // Before security: a body that is too large is not read for anybody.
  private static final int BEFORE_SECURITY = Ordered.HIGHEST_PRECEDENCE + 100;

  private BodyLimits() {}

  /// The most that a body may have, and a multipart body.
  public record Sizes(DataSize body, DataSize upload) {
    public static Sizes of(HandoffProperties settings) {
      return new Sizes(settings.api().bodyLimit(), settings.api().uploadLimit());
    }
  }

  /// A filter for these paths, with these words for a body that is too large. The name tells it
  /// from the others.
  public static FilterRegistrationBean<BodyLimitFilter> over(
      String name, String paths, HandoffProperties settings, String words) {
    return over(name, paths, Sizes.of(settings), ErrorBody.of(words));
  }

  /// The same with sizes of its own, and an answer in a form of its own.
  public static FilterRegistrationBean<BodyLimitFilter> over(
      String name, String paths, Sizes sizes, Record answer) {
    BodyLimitFilter filter =
        new BodyLimitFilter(
            sizes.body(),
            sizes.upload(),
            (_, response) -> {
              byte[] json = WireJson.write(answer).getBytes(StandardCharsets.UTF_8);
              response.setStatus(413);
              response.setContentType(MediaType.APPLICATION_JSON_VALUE);
              response.setContentLength(json.length);
              response.getOutputStream().write(json);
            });
    filter.setBeanName(name);
    FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setName(name);
    registration.addUrlPatterns(paths);
    registration.setOrder(BEFORE_SECURITY);
    return registration;
  }
}
