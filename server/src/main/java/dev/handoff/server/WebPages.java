package dev.handoff.server;

import dev.handoff.systems.kit.Systems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
  private static final String FILES = "classpath:/static/";
  private static final String SWAGGER_UI =
      "classpath:/META-INF/resources/webjars/swagger-ui/5.32.0/";

  private final Systems systems;

  WebPages(Systems systems) {
    this.systems = systems;
  }

  @Override
  public void addViewControllers(ViewControllerRegistry pages) {
    show("/", pages);
    for (String page : systems.pages()) {
      String bare = page.endsWith("/") ? page.substring(0, page.length() - 1) : page;
      show(bare, pages);
      show(bare + "/", pages);
    }
    pages.addRedirectViewController("/docs", "/docs/");
    pages.addViewController("/docs/").setViewName("forward:/docs/index.html");
  }

  private static void show(String page, ViewControllerRegistry pages) {
    pages.addViewController(page).setViewName("forward:/index.html");
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
