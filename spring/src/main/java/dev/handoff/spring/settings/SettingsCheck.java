package dev.handoff.spring.settings;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Stops the start at an unknown `handoff.*` setting, and prints the effective settings. Immutable.
///
/// An environment variable is refused only when it resembles a setting: orchestrators put variables
/// such as `HANDOFF_SERVICE_HOST` beside ours.
public final class SettingsCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);
  private static final Pattern SECRET = Pattern.compile(".*(password|api-key|secret|token)");
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)([a-z]*(?:password|secret|token)=)[^&;]*");
  private static final Pattern SECRET_BEFORE_HOST = Pattern.compile("(//[^/?#@:]*:)[^?#]*(?=@)");
  private static final String ALWAYS_KNOWN = KnownSettings.PREFIX + "role";
  private static final int MAX_TYPING_ERRORS = 2;
  private static final int ANY = Integer.MAX_VALUE - 1;

  private final KnownSettings known;
  private final ConfigurableEnvironment environment;
  private final boolean complete;

  /// Uses the settings that the modules on this class path declare.
  public SettingsCheck(ConfigurableEnvironment environment, ClassLoader loader) {
    this.known = KnownSettings.onClassPath(loader);
    this.environment = environment;
    this.complete = known.contains(ALWAYS_KNOWN);
  }

  SettingsCheck(KnownSettings known, ConfigurableEnvironment environment) {
    this.known = known;
    this.environment = environment;
    this.complete = true;
  }

  /// Throws for a setting that no module reads. Where the application is packed so that the
  /// modules' metadata is missing, nothing is checked, and the log says so.
  ///
  /// @throws UnknownSettingException naming it and the nearest known one
  public void refuseUnknown() {
    if (!complete) {
      LOG.warn(
          "the names of handoff.* settings are not checked: this application was packed without"
              + " META-INF/spring-configuration-metadata.json of its libraries");
      return;
    }
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> listed) {
        boolean variables =
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(source.getName());
        for (String name : listed.getPropertyNames()) {
          if (isOurs(name, variables) && !known.contains(name)) {
            refuse(name, source.getName(), variables);
          }
        }
      }
    }
  }

  /// Returns the effective settings in one line, secrets masked.
  public String effective() {
    StringJoiner line = new StringJoiner(" ");
    known
        .defaults()
        .forEach(
            (name, fallback) -> line.add(name + "=" + masked(name, value(name).orElse(fallback))));
    return line.toString();
  }

  // A list of a YAML file has no value of its own name, only one for each of its elements, and so
  // has a map.
  private Optional<String> value(String name) {
    String value = environment.getProperty(name);
    if (value != null) {
      return Optional.of(value);
    }
    if (known.isMap(name)) {
      Map<String, String> members =
          Binder.get(environment)
              .bind(name, Bindable.mapOf(String.class, String.class))
              .orElse(Map.of());
      return members.isEmpty() ? Optional.empty() : Optional.of(joined(members));
    }
    BindResult<List<String>> list =
        Binder.get(environment).bind(name, Bindable.listOf(String.class));
    return list.isBound() ? Optional.of(String.join(",", list.get())) : Optional.empty();
  }

  private static String joined(Map<String, String> members) {
    return members.entrySet().stream().map(Map.Entry::toString).sorted().collect(joining(","));
  }

  /// Returns whether this setting is set, to whatever value.
  public boolean isSet(String name) {
    return environment.containsProperty(name);
  }

  public void print() {
    LOG.info("settings {}", effective());
  }

  private void refuse(String name, String source, boolean variables) {
    Optional<String> dependency = known.missingDependency(name);
    if (dependency.isPresent()) {
      throw UnknownSettingException.ofMissing(name, source, dependency.get());
    }
    Optional<String> nearest = known.nearest(name, variables ? MAX_TYPING_ERRORS : ANY);
    if (variables && nearest.isEmpty()) {
      return;
    }
    throw new UnknownSettingException(
        name, source, nearest.map(meant -> "; did you mean '" + meant + "'?").orElse(""));
  }

  private static boolean isOurs(String name, boolean variables) {
    String prefix = KnownSettings.PREFIX;
    return variables
        ? name.toUpperCase(Locale.ROOT).startsWith("HANDOFF_")
        : name.toLowerCase(Locale.ROOT).startsWith(prefix);
  }

  static String masked(String name, String value) {
    if (SECRET.matcher(name).matches()) {
      return value.isEmpty() ? "(none)" : "***";
    }
    return withoutSecrets(value);
  }

  /// Returns a URL without the password in it.
  public static String withoutSecrets(String url) {
    String parameters = SECRET_PARAMETER.matcher(url).replaceAll("$1***");
    return SECRET_BEFORE_HOST.matcher(parameters).replaceAll("$1***");
  }
}
