package dev.handoff.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Where the pages are. All of them are one file; its script shows what the address asks for.
@Configuration(proxyBeanMethods = false)
class WebPages implements WebMvcConfigurer {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/login",
          "/login/",
          "/ai/chat",
          "/ai/chat/",
          "/web-knowledge/prompt",
          "/web-knowledge/prompt/",
          "/tests",
          "/tests/",
          "/test/{id}",
          "/test/{id}/",
          "/loading-results",
          "/loading-results/",
          "/loading-results/{id}",
          "/loading-results/{id}/",
          "/training",
          "/training/",
          "/training/{id}",
          "/training/{id}/",
          "/upload",
          "/upload/",
          "/share/{id}",
          "/share/{id}/",
          "/dashboard",
          "/dashboard/",
          "/evaluaties",
          "/evaluaties/",
          "/evaluaties/{id}",
          "/evaluaties/{id}/");
  private static final String FILES = "classpath:/static/";
  private static final String SWAGGER_UI =
      "classpath:/META-INF/resources/webjars/swagger-ui/5.32.0/";

  @Override
  public void addViewControllers(ViewControllerRegistry pages) {
    for (String page : PAGES) {
      pages.addViewController(page).setViewName("forward:/index.html");
    }
    pages.addRedirectViewController("/docs", "/docs/");
    pages.addViewController("/docs/").setViewName("forward:/docs/index.html");
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry files) {
    // Their names change with their content.
    files
        .addResourceHandler("/assets/**")
        .addResourceLocations(FILES + "assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    // The API's description: our page around a library's files.
    files
        .addResourceHandler("/docs/**")
        .addResourceLocations(FILES + "docs/", SWAGGER_UI)
        .setUseLastModified(false)
        .setEtagGenerator(WebPages::fingerprint)
        .setCacheControl(CacheControl.noCache());
    // The page itself names those files, so it is asked for again each time.
    files
        .addResourceHandler("/index.html", "/favicon.ico", "/favicon.svg", "/robots.txt")
        .addResourceLocations(FILES)
        // All files in the jar have the same time, so that equal sources make an equal jar; only
        // their content tells a new page from an old one.
        .setUseLastModified(false)
        .setEtagGenerator(WebPages::fingerprint)
        .setCacheControl(CacheControl.noCache());
  }

  private static String fingerprint(Resource file) {
    try {
      return '"' + DigestUtils.md5DigestAsHex(file.getContentAsByteArray()) + '"';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
