package dev.handoff.systems.kit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// A parameter that calls may have, read from the request. Parameters are read in their order, so
/// the first one that refuses decides.
public record CallArgument(Class<?> type, Reader reader) implements HandlerMethodArgumentResolver {
  /// Reads the parameter, or throws a [RefusedException].
  @FunctionalInterface
  public interface Reader {
    Object read(HttpServletRequest request) throws IOException;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == type;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer view,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws IOException {
    return reader.read(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
  }
}
