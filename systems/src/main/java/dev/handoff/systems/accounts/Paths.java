package dev.handoff.systems.accounts;

import dev.handoff.systems.http.SystemPaths;
import java.util.List;
import java.util.Locale;

/// Which requests need a login, and how one without it is answered. Everything that is not named
/// here as open needs one, so a call that is added later is closed until somebody opens it.
record Paths(String apiPath) {
  /// Pages that anybody may see, their files, and health.
  static final List<String> OPEN =
      List.of(
          "/",
          "/index.html",
          "/login",
          "/assets/**",
          "/favicon.ico",
          "/favicon.svg",
          "/robots.txt",
          "/error",
          "/actuator/health/**",
          "/api/auth/login",
          "/api/auth/refresh",
          "/api/auth/logout",
          "/api/auth/demo-accounts",
          "/docs",
          "/docs/**",
          "/api/health",
          "/api/share/**",
          "/share/**");

  private static final List<String> CALLS =
      List.of("/api/", "/ai/", "/media/", "/feedback-summaries/", "/uploads/");
  private static final List<String> PAGES =
      List.of("/ai/chat", "/ai/chat/", "/web-knowledge/prompt", "/web-knowledge/prompt/");

  /// Whether a person sees the answer, so that the login page comes instead of an error.
  boolean isPage(String method, String path) {
    boolean call = isApi(path) || CALLS.stream().anyMatch(path::startsWith);
    return isRead(method) && (PAGES.contains(path) || !call);
  }

  /// The address of a page as people know it: the slash at its end was taken off on the way here.
  static String withItsSlash(String path) {
    return PAGES.contains(path + "/") ? path + "/" : path;
  }

  /// The description of the API, which names nobody's data.
  String document() {
    return apiPath + "/openapi.json";
  }

  /// Whether refusals are problem details here.
  boolean isApi(String path) {
    return path.equals(apiPath)
        || (path.startsWith(apiPath + "/") && !SystemPaths.isBesideTheApi(path));
  }

  static boolean isRead(String method) {
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }

  /// Whether a token in this request is not looked at: an old one must not be in the way of a new
  /// login or of the files of the login page.
  static boolean isOpenToAll(String path) {
    return OPEN.contains(path)
        || isFileOrHealth(path)
        || path.startsWith("/api/share/")
        || path.startsWith("/share/");
  }

  /// Whether nobody is behind the request who could send a form.
  static boolean isFileOrHealth(String path) {
    return path.startsWith("/assets/")
        || path.startsWith("/docs/")
        || path.startsWith("/actuator/health");
  }
}
