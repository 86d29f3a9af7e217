package dev.handoff.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/// Has the application keep its tasks and tables in a folder that is deleted with it, whatever its
/// own settings say.
final class ThrowAwayStore
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Path folder = temporaryFolder();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "handoff test",
                Map.of(
                    "handoff.data-dir", folder.toString(),
                    "handoff.store.url", "",
                    "spring.datasource.url", "",
                    "spring.datasource.embedded-database-connection", "none",
                    "spring.datasource.jndi-name", "")));
    // The first to be registered is the last to be destroyed.
    if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
      beans.registerDisposableBean(
          "handoffThrowAwayFolder", () -> FileSystemUtils.deleteRecursively(folder));
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("handoff-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
