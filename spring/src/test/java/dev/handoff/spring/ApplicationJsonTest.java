package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.PayloadException;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.TypeRef;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/// Payloads in an application whose JSON is shaped by modules, mix-ins and settings of its own.
final class ApplicationJsonTest {
  private static final TaskType<Guest, Badge> WELCOME =
      TaskType.of("welcome", Guest.class, Badge.class);
  private static final TaskType<List<Guest>, List<Badge>> WELCOME_ALL =
      TaskType.of("welcome-all", new TypeRef<>() {}, new TypeRef<>() {});
  private static final TaskType<Before, String> BEFORE =
      TaskType.of("changed", Before.class, String.class);
  private static final TaskType<After, String> AFTER =
      TaskType.of("changed", After.class, String.class);

  @TempDir private Path folder;

  record Before(String title) {}

  record After(String heading) {}

  /// As Kotlin compiles a data class: values without setters, and a constructor whose parameters
  /// only a module can name, beside one for default arguments.
  static final class Guest {
    private final String fullName;
    private final @Nullable Integer age;

    Guest(String fullName, @Nullable Integer age) {
      this.fullName = fullName;
      this.age = age;
    }

    Guest(String fullName, @Nullable Integer age, int mask, @Nullable Object marker) {
      this(fullName, (mask & 2) == 0 ? age : null);
      if (marker != null) {
        throw new IllegalArgumentException("called by the compiler only");
      }
    }

    public String getFullName() {
      return fullName;
    }

    public @Nullable Integer getAge() {
      return age;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Guest guest
          && guest.fullName.equals(fullName)
          && Objects.equals(guest.age, age);
    }

    @Override
    public int hashCode() {
      return fullName.hashCode();
    }
  }

  abstract static class GuestMixIn {
    @JsonCreator
    GuestMixIn(@JsonProperty("full_name") String fullName, @JsonProperty("age") Integer age) {}
  }

  /// A value that only a module of the application can write and read.
  static final class BadgeColour {
    private final int rgb;

    private BadgeColour(int rgb) {
      this.rgb = rgb;
    }

    static BadgeColour of(String hex) {
      return new BadgeColour(Integer.parseInt(hex.substring(1), 16));
    }

    @Override
    public String toString() {
      return String.format("#%06x", rgb);
    }
  }

  record Badge(String printedName, BadgeColour colour) {}

  static final class ColourModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ColourModule() {
      addSerializer(
          BadgeColour.class,
          new ValueSerializer<BadgeColour>() {
            @Override
            public void serialize(
                BadgeColour colour, JsonGenerator json, SerializationContext context) {
              json.writeString(colour.toString());
            }
          });
      addDeserializer(
          BadgeColour.class,
          new ValueDeserializer<BadgeColour>() {
            @Override
            public BadgeColour deserialize(JsonParser json, DeserializationContext context) {
              return BadgeColour.of(json.getString());
            }
          });
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {
    @Bean
    JacksonModule colours() {
      return new ColourModule();
    }

    @Bean
    JsonMapperBuilderCustomizer guests() {
      return builder -> builder.addMixIn(Guest.class, GuestMixIn.class);
    }

    @Bean
    HandledType<Guest, Badge> welcome() {
      return WELCOME.answeredBy((guest, task) -> badge(guest));
    }

    @Bean
    HandledType<List<Guest>, List<Badge>> welcomeAll() {
      return WELCOME_ALL.answeredBy((guests, task) ->
          task.step(
              "badges",
              new TypeRef<List<Badge>>() {},
              () -> guests.stream().map(Application::badge).toList()));
    }

    private static Badge badge(Guest guest) {
      return new Badge(guest.getFullName(), BadgeColour.of("#00ff7f"));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class OldApplication {
    @Bean
    HandledType<Before, String> changed() {
      return BEFORE.answeredBy((request, task) -> request.title());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class NewApplication {
    @Bean
    HandledType<After, String> changed() {
      return AFTER.answeredBy((request, task) -> "heading: " + request.heading());
    }
  }

  private ConfigurableApplicationContext start(Class<?> application, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--handoff.data-dir=" + folder);
    return new SpringApplicationBuilder(application)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .run(all.toArray(String[]::new));
  }

  private static Task ended(Handoff handoff, TaskId id) {
    await().until(() -> handoff.find(id).orElseThrow().isTerminal());
    return handoff.find(id).orElseThrow();
  }

  @Test
  void payloadsAreWrittenAndReadWithTheApplicationsMapper() {
    usesTheApplicationsMapper();
  }

  @Test
  void andOnPostgresToo() {
    TestDatabase data = PostgresServer.shared().newDatabase();
    usesTheApplicationsMapper(
        "--handoff.store.url=" + data.url(),
        "--handoff.store.username=" + data.username(),
        "--handoff.store.password=" + data.password(),
        "--handoff.store.connections=5");
    data.drop();
  }

  private void usesTheApplicationsMapper(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--spring.jackson.property-naming-strategy=SNAKE_CASE");
    try (ConfigurableApplicationContext context =
        start(Application.class, all.toArray(String[]::new))) {
      Handoff handoff = context.getBean(Handoff.class);
      Guest asha = new Guest("Asha Rao", null);
      TaskId one = handoff.submit(WELCOME, asha, Submission.by("u"));
      TaskId several =
          handoff.submit(WELCOME_ALL, List.of(asha, new Guest("Ben", 7)), Submission.by("u"));

      Task ended = ended(handoff, one);
      assertThat(ended.result().orElseThrow().text())
          .isEqualTo("{\"printed_name\":\"Asha Rao\",\"colour\":\"#00ff7f\"}");
      assertThat(handoff.request(WELCOME, one)).contains(asha);
      assertThat(handoff.result(WELCOME, ended).orElseThrow().colour()).hasToString("#00ff7f");
      assertThat(handoff.result(WELCOME_ALL, ended(handoff, several)).orElseThrow())
          .extracting(Badge::printedName)
          .containsExactly("Asha Rao", "Ben");
    }
  }

  @Test
  void aRenamedFieldIsNoticedUnlessTheApplicationChoosesOtherwise() {
    TaskId id;
    try (ConfigurableApplicationContext old = start(OldApplication.class, "--handoff.role=api")) {
      id = old.getBean(Handoff.class).submit(BEFORE, new Before("A"), Submission.by("u"));
    }
    try (ConfigurableApplicationContext deployed = start(NewApplication.class)) {
      Handoff handoff = deployed.getBean(Handoff.class);
      await()
          .until(() ->
              handoff.find(id).orElseThrow().state()
                      instanceof TaskState.Queued(var ignoredDue, TaskState.Waiting.Snoozed waiting)
                  && waiting.message().contains("another version"));
      assertThat(handoff.find(id).orElseThrow().activity().attempt()).isZero();
      assertThatThrownBy(() -> handoff.request(AFTER, id))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("'changed'")
          .hasMessageContaining("'title'");
    }
    try (ConfigurableApplicationContext lenient =
        start(NewApplication.class, "--handoff.payloads.lenient=true")) {
      Handoff handoff = lenient.getBean(Handoff.class);
      assertThat(handoff.result(AFTER, ended(handoff, id))).contains("heading: null");
    }
  }
}
