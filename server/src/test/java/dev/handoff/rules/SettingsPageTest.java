package dev.handoff.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The documented settings are those of the code: names, defaults and descriptions.
final class SettingsPageTest {
  private static final String METADATA = "META-INF/spring-configuration-metadata.json";

  @Test
  void thePageListsWhatTheCodeReads() throws IOException {
    Path page =
        Path.of(System.getProperty("handoff.root", "..")).resolve("docs").resolve("settings.md");
    String table = table();

    String documented =
        Files.readString(page)
            .lines()
            .filter(line -> line.startsWith("| `handoff."))
            .collect(Collectors.joining("\n"));

    assertThat(documented)
        .as("the rows of docs/settings.md should be:%n%s%n", table)
        .isEqualTo(table);
  }

  private static String table() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (URL url :
        Collections.list(SettingsPageTest.class.getClassLoader().getResources(METADATA))) {
      try (InputStream metadata = url.openStream()) {
        for (JsonNode property : JsonMapper.shared().readTree(metadata).get("properties")) {
          String name = property.get("name").asString();
          if (name.startsWith("handoff.")) {
            rows.put(name, row(name, property));
          }
        }
      }
    }
    assertThat(rows).as("settings found on the class path").hasSizeGreaterThan(20);
    return String.join("\n", rows.values());
  }

  private static String row(String name, JsonNode property) {
    JsonNode value = property.path("defaultValue");
    String text =
        value.isArray()
            ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
            : value.asString("");
    String shown = text.isEmpty() ? "" : "`" + text + "`";
    return "| `%s` | %s | %s |".formatted(name, shown, property.path("description").asString(""));
  }
}
