package dev.handoff.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Settings that nothing reads, and what is printed of the others.
final class SettingsCheckTest {
  private static final KnownSettings KNOWN =
      KnownSettings.of(
          Map.of(
              "handoff.data-dir", "./data",
              "handoff.worker.concurrency", "100",
              "handoff.ai.api-key", "",
              "handoff.store.url", "",
              "handoff.gates", "",
              "handoff.systems.sat-buddy.topics", ""));

  private static SettingsCheck check(PropertySource<?> source) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .forEach(other -> environment.getPropertySources().remove(other.getName()));
    environment.getPropertySources().addFirst(source);
    return new SettingsCheck(KNOWN, environment);
  }

  private static PropertySource<?> file(String name, String value) {
    return new MapPropertySource("application.yaml", Map.of(name, value));
  }

  private static PropertySource<?> variables(String name) {
    return new SystemEnvironmentPropertySource(
        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "handoff.worker.concurency, handoff.worker.concurrency",
    "handoff.datadir2, handoff.data-dir",
    "handoff.gates.[a].concurency, handoff.gates",
    "handoff.ai.apikeys, handoff.ai.api-key"
  })
  void aMisspeltSettingStopsTheStartAndNamesTheNearest(String name, String meant) {
    assertThatThrownBy(() -> check(file(name, "x")).refuseUnknown())
        .isInstanceOf(UnknownSettingException.class)
        .hasMessage(
            "unknown setting '%s' in application.yaml; did you mean '%s'?".formatted(name, meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "handoff.data-dir",
        "handoff.dataDir",
        "handoff.data_dir",
        "handoff.systems.sat-buddy.topics[0]",
        "handoff.gates.[tenant:*].concurrency",
        "server.port",
        "spring.anything"
      })
  void allFormsOfAKnownNameAreFine(String name) {
    assertThatCode(() -> check(file(name, "x")).refuseUnknown()).doesNotThrowAnyException();
  }

  @Test
  void aVariableIsRefusedOnlyWhenItResemblesASetting() {
    assertThatThrownBy(() -> check(variables("HANDOFF_STORE_URI")).refuseUnknown())
        .hasMessageContaining("did you mean 'handoff.store.url'?");
    for (String foreign : new String[] {"HANDOFF_SERVICE_HOST", "HANDOFF_CHROMIUM", "PATH"}) {
      assertThatCode(() -> check(variables(foreign)).refuseUnknown()).doesNotThrowAnyException();
    }
    assertThatCode(() -> check(variables("HANDOFF_WORKER_CONCURRENCY")).refuseUnknown())
        .doesNotThrowAnyException();
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(check(file("handoff.ai.api-key", "sk-secret")).effective())
        .contains("handoff.ai.api-key=*** handoff.data-dir=./data")
        .doesNotContain("sk-secret");
    assertThat(check(file("handoff.store.url", "jdbc:x://u:pw@h/d?password=p2&a=b")).effective())
        .contains("jdbc:x://u:***@h/d?password=***&a=b");
    assertThat(check(file("server.port", "1")).effective()).contains("handoff.ai.api-key=(none)");
  }

  @Test
  void everySettingOfThisModuleIsInTheMetadata() {
    KnownSettings known = KnownSettings.onClassPath(getClass().getClassLoader());

    assertThat(known.defaults())
        .containsEntry("handoff.data-dir", "./data")
        .containsEntry("handoff.worker.concurrency", "100")
        .containsEntry("handoff.lease.renew-every", "3s")
        .containsEntry("handoff.streams.per-owner", "20")
        .containsEntry("handoff.api.path", "/handoff")
        .containsKey("handoff.store.url");
  }

  @Test
  void whatIsPrintedIsWhatIsSet() {
    assertThat(
            check(file("handoff.store.url", "jdbc:postgresql://db:5432/app?user=a@b")).effective())
        .contains("handoff.store.url=jdbc:postgresql://db:5432/app?user=a@b");
    StandardEnvironment yaml = new StandardEnvironment();
    yaml.getPropertySources()
        .addFirst(
            new MapPropertySource(
                "application.yaml",
                Map.of(
                    "handoff.gates.[tenant:*].concurrency", "5",
                    "handoff.systems.sat-buddy.topics[0]", "algebra",
                    "handoff.systems.sat-buddy.topics[1]", "reading")));
    assertThat(new SettingsCheck(KNOWN, yaml).effective())
        .contains("handoff.gates=tenant:*.concurrency=5 ")
        .contains("handoff.systems.sat-buddy.topics=algebra,reading");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://u:p:w/x@h:5432/d | jdbc:postgresql://u:***@h:5432/d",
        "jdbc:postgresql://h/d?user=u&password=p&ssl=true | jdbc:postgresql://h/d?user=u&password=***&ssl=true",
        "jdbc:postgresql://h/d?sslpassword=p | jdbc:postgresql://h/d?sslpassword=***",
        "jdbc:sqlite:/var/lib/a.db | jdbc:sqlite:/var/lib/a.db"
      })
  void passwordsInUrlsAreNotPrinted(String url, String printed) {
    assertThat(SettingsCheck.withoutSecrets(url)).isEqualTo(printed);
  }

  @Test
  void withoutTheModulesMetadataNoNameIsRefused() throws Exception {
    try (URLClassLoader packed = new URLClassLoader(new URL[0], null)) {
      StandardEnvironment environment = new StandardEnvironment();
      environment.getPropertySources().addFirst(file("handoff.role", "worker"));
      assertThatCode(() -> new SettingsCheck(environment, packed).refuseUnknown())
          .doesNotThrowAnyException();
    }
  }
}
