package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.TaskType;
import dev.handoff.spring.wire.EventView;
import dev.handoff.spring.wire.SubmitBody;
import dev.handoff.spring.wire.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/// An application with Handoff, prepared for a native image as its build does it.
final class NativeHintsTest {
  private static final RuntimeHints HINTS = new RuntimeHints();

  record Postcard(String to, List<Paragraph> paragraphs) {}

  record Paragraph(String text) {}

  record Sent(int pages) {}

  record Crate(int grams) {}

  record Stamp(String country) {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class PostOffice {
    @Bean
    HandledType<Postcard, Sent> letters() {
      return TaskType.of("letter", Postcard.class, Sent.class)
          .handledBy((letter, _) -> Outcome.done(new Sent(letter.paragraphs().size())));
    }

    @HandledBy("parcel")
    Stamp parcels(Crate parcel) {
      return new Stamp("NL" + parcel.grams());
    }
  }

  @BeforeAll
  static void prepare() {
    try (AnnotationConfigApplicationContext application =
        new AnnotationConfigApplicationContext()) {
      application.register(PostOffice.class);
      new ApplicationContextAotGenerator()
          .processAheadOfTime(
              application,
              new DefaultGenerationContext(
                  new ClassNameGenerator(ClassName.get(PostOffice.class)),
                  new InMemoryGeneratedFiles(),
                  HINTS));
    }
  }

  @Test
  void migrationsAndSettingsAreKept() {
    for (String file :
        List.of(
            "dev/handoff/jdbc/migrations/sqlite/V1__tasks.sql",
            "dev/handoff/jdbc/migrations/postgresql/V1__tasks.sql",
            "dev/handoff/spring/migrations/V1__submits.sql",
            "META-INF/spring-configuration-metadata.json")) {
      assertThat(RuntimeHintsPredicates.resource().forResource(file)).as(file).accepts(HINTS);
    }
  }

  @Test
  void theJsonOfTheApiIsKept() throws IOException {
    for (Class<?> type : List.of(TaskView.class, SubmitBody.class, EventView.class)) {
      assertThat(RuntimeHintsPredicates.reflection().onType(type))
          .as(type.getName())
          .accepts(HINTS);
    }
    Path classes = Path.of("target/classes/dev/handoff/spring/wire");
    try (Stream<Path> files = Files.list(classes)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".class", "")))
          .filteredOn(name -> !name.equals("package-info"))
          .isNotEmpty()
          .allSatisfy(name ->
              assertThat(
                      RuntimeHintsPredicates.reflection()
                          .onType(Class.forName("dev.handoff.spring.wire." + name)))
                  .as(name)
                  .accepts(HINTS));
    }
  }

  @Test
  void theApplicationsRequestsAndResultsAreKept() throws Exception {
    for (Class<?> type :
        List.of(Postcard.class, Paragraph.class, Sent.class, Crate.class, Stamp.class)) {
      assertThat(RuntimeHintsPredicates.reflection().onType(type))
          .as(type.getName())
          .accepts(HINTS);
    }
    assertThat(
            RuntimeHintsPredicates.reflection()
                .onMethodInvocation(PostOffice.class.getDeclaredMethod("parcels", Crate.class)))
        .accepts(HINTS);
  }

  @Test
  void wrappedConnectionsAreKept() {
    assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Connection.class)).accepts(HINTS);
  }
}
