package dev.handoff.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Handoff;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.server.ResponseStatusException;

/// What an application's own login says, on the wire.
final class CredentialsTest {
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class LoginApplication {
    @Bean
    CurrentCaller caller(ObjectProvider<Handoff> handoff) {
      return new CurrentCaller() {
        @Override
        public Optional<Caller> of(HttpServletRequest request) {
          switch (Optional.ofNullable(request.getHeader("refused")).orElse("")) {
            case "denied" -> throw new AccessDeniedException("not you");
            case "password" -> throw new BadCredentialsException("no such password");
            case "status" -> throw new ResponseStatusException(HttpStatus.FORBIDDEN, "not now");
            case "defect" -> throw new IllegalStateException("secret detail");
            default -> {}
          }
          return Optional.of(new Caller("asha", null));
        }

        @Override
        public Optional<Instant> expiry(HttpServletRequest request) {
          return Optional.of(handoff.getObject().clock().instant().plusSeconds(1));
        }
      };
    }
  }

  private static HttpRequest.Builder to(ConfigurableApplicationContext context, String path) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/handoff" + path))
        .timeout(Duration.ofSeconds(20));
  }

  @Test
  void aRefusalIsAnsweredAsOneAndAStreamEndsWithItsCredential(@TempDir Path folder)
      throws Exception {
    // Not closed, which would wait for a stream that does not end.
    HttpClient http = HttpClient.newHttpClient();
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(LoginApplication.class)
            .bannerMode(Banner.Mode.OFF)
            .run("--handoff.data-dir=" + folder, "--server.port=0")) {
      CompletableFuture<HttpResponse<String>> stream =
          http.sendAsync(to(context, "/events").build(), HttpResponse.BodyHandlers.ofString());

      assertThat(refused(http, context, "denied")).isEqualTo("403 forbidden");
      assertThat(refused(http, context, "password")).isEqualTo("401 not-authenticated");
      assertThat(refused(http, context, "status")).isEqualTo("403 forbidden");
      assertThat(refused(http, context, "defect")).isEqualTo("500 internal");

      assertThat(stream.get(15, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    } finally {
      http.shutdownNow();
    }
  }

  private static String refused(HttpClient http, ConfigurableApplicationContext context, String how)
      throws Exception {
    HttpResponse<String> answer =
        http.send(
            to(context, "/tasks").header("refused", how).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body())
        .doesNotContain("secret detail", "not you", "no such password", "not now");
    return answer.statusCode() + " " + answer.body().replaceAll(".*problem:([a-z-]*).*", "$1");
  }
}
