package dev.handoff.spring.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Handoff;
import dev.handoff.spring.TaskTypes;
import dev.handoff.spring.api.ApiRoutes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/// Webhooks on nodes with and without the HTTP API.
final class WorkerNodeTest {
  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class WebhookApplication {}

  @Test
  void aWorkerWithoutAWebServerMakesDeliveries() {
    new ApplicationContextRunner()
        .withUserConfiguration(WebhookApplication.class)
        .withPropertyValues("handoff.data-dir=" + folder, "handoff.webhooks.enabled=true")
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(WebhookEnds.class);
          assertThat(context).doesNotHaveBean(ApiRoutes.class);
          assertThat(TaskTypes.of(context).stream().map(handled -> handled.type().name()))
              .contains("handoff.webhook");
          assertThat(context.getBean(Handoff.class).status().running()).isTrue();
        });
  }

  @Test
  void aNodeWithTheApiHasTheCallsAsWell() {
    new WebApplicationContextRunner()
        .withUserConfiguration(WebhookApplication.class)
        .withPropertyValues("handoff.data-dir=" + folder, "handoff.webhooks.enabled=true")
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(WebhookEnds.class);
          assertThat(context).hasBean("handoffWebhookCalls").hasBean("handoffDeliveryCalls");
        });
  }

  @Test
  void withoutTheSettingThereAreNone() {
    new ApplicationContextRunner()
        .withUserConfiguration(WebhookApplication.class)
        .withPropertyValues("handoff.data-dir=" + folder)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookEnds.class));
  }
}
