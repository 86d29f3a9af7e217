package dev.handoff.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses requests whose `Content-Type` is not the type of any body, such as `*/*`: Spring fails
/// on some of them while it looks for the route, before a call could refuse them. A missing or
/// empty one is left to the call.
public final class ContentTypeFilter extends OncePerRequestFilter {
  private final TypeRefusal refusal;

  /// Writes the answer to such a request.
  @FunctionalInterface
  public interface TypeRefusal {
    void write(HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  public ContentTypeFilter(TypeRefusal refusal) {
    this.refusal = refusal;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String type = request.getContentType();
    if (StringUtils.hasText(type) && !isConcrete(type)) {
      refusal.write(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isConcrete(String type) {
    // Boundaries of forms are often written without the quotes that they need, and are read.
    boolean isForm = type.regionMatches(true, 0, "multipart/", 0, 10);
    String judged = isForm && type.contains(";") ? type.substring(0, type.indexOf(';')) : type;
    try {
      return MediaType.parseMediaType(judged).isConcrete();
    } catch (InvalidMediaTypeException none) {
      return false;
    }
  }
}
