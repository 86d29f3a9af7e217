package dev.handoff.spring.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every `handoff.*` setting that some module on the class path declares, with its default.
/// Immutable. Reads the metadata that Spring's annotation processor writes at build time.
final class KnownSettings {
  static final String PREFIX = "handoff.";

  private static final List<String> FILES =
      List.of(
          "META-INF/spring-configuration-metadata.json",
          "META-INF/additional-spring-configuration-metadata.json");

  /// The modules that an application adds by choice, by the beginning of their settings' names in
  /// uniform form.
  private static final Map<String, String> MODULES =
      Map.of("handoffwebhooks", "dev.handoff:handoff-spring-boot-starter-webhooks");

  /// What the values of a map have, which the metadata does not say; in uniform form.
  private static final Map<String, Set<String>> MEMBERS =
      Map.of(
          "handoffgates",
          Set.of("concurrency", "startscount", "startsper", "unitscount", "unitsper"));

  private final Map<String, String> defaults;
  private final Map<String, String> byUniformName;

  private KnownSettings(Map<String, String> defaults) {
    this.defaults = Collections.unmodifiableMap(defaults);
    Map<String, String> uniform = new TreeMap<>();
    defaults.keySet().forEach(name -> uniform.put(uniform(name), name));
    byUniformName = Collections.unmodifiableMap(uniform);
  }

  static KnownSettings onClassPath(ClassLoader loader) {
    Map<String, String> defaults = new TreeMap<>();
    JsonMapper mapper = JsonMapper.shared();
    try {
      for (String file : FILES) {
        for (URL url : Collections.list(loader.getResources(file))) {
          String text = read(url);
          if (text.contains("\"" + PREFIX)) {
            collect(mapper.readTree(text), defaults);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the settings' metadata cannot be read", e);
    }
    return new KnownSettings(defaults);
  }

  static KnownSettings of(Map<String, String> defaults) {
    return new KnownSettings(new TreeMap<>(defaults));
  }

  /// Returns the names in canonical form, each with its default or an empty text.
  Map<String, String> defaults() {
    return defaults;
  }

  /// Returns whether this name, in any form that Spring reads, is a setting or an element of one.
  boolean contains(String name) {
    String uniform = uniform(name);
    Set<String> members = MEMBERS.get(uniform);
    return byUniformName.containsKey(uniform)
        && (members == null
            || !name.contains("[")
            || members.contains(uniform(name.replaceFirst(".*]", ""))));
  }

  /// Returns whether this setting's values have names of their own, given in brackets.
  boolean isMap(String name) {
    return MEMBERS.containsKey(uniform(name));
  }

  /// Returns the dependency that has the settings of this unknown one's family, if it is missing.
  Optional<String> missingDependency(String name) {
    String unknown = uniform(name);
    return MODULES.entrySet().stream()
        .filter(module -> unknown.startsWith(module.getKey()))
        .filter(module ->
            byUniformName.keySet().stream().noneMatch(each -> each.startsWith(module.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /// Returns the setting with the nearest name, if it differs by at most `distance` letters.
  Optional<String> nearest(String name, int distance) {
    String wanted = uniform(name);
    String best = null;
    int least = distance + 1;
    for (Map.Entry<String, String> known : byUniformName.entrySet()) {
      int away = distance(wanted, known.getKey(), least);
      if (away < least) {
        least = away;
        best = known.getValue();
      }
    }
    return Optional.ofNullable(best);
  }

  // Environment variables, camel case and dashes are one name to Spring; [0] is a list's element,
  // and [name] a map's.
  private static String uniform(String name) {
    return name.replaceAll("\\[[^\\]]+].*", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static void collect(JsonNode metadata, Map<String, String> into) {
    for (JsonNode property : metadata.path("properties")) {
      String name = property.path("name").asString("");
      if (name.startsWith(PREFIX)) {
        JsonNode value = property.path("defaultValue");
        into.put(name, value.isValueNode() ? value.asString("") : plain(value));
      }
    }
  }

  private static String plain(JsonNode value) {
    return value.isMissingNode() ? "" : value.toString();
  }

  private static String read(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // Levenshtein's distance, row by row.
  private static int distance(String a, String b, int giveUpAt) {
    if (Math.abs(a.length() - b.length()) >= giveUpAt) {
      return giveUpAt;
    }
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
