package dev.handoff.spring.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Pattern SECRET_IN_URL = Pattern.compile("(?i)(password=|//[^/@]*:)[^&;@]*");
  private static final int MAX_TYPING_ERRORS = 2;
  private static final int ANY = Integer.MAX_VALUE - 1;

  private final KnownSettings known;
  private final ConfigurableEnvironment environment;

  /// Uses the settings that the modules on this class path declare.
  public SettingsCheck(ConfigurableEnvironment environment, ClassLoader loader) {
    this(KnownSettings.onClassPath(loader), environment);
  }

  SettingsCheck(KnownSettings known, ConfigurableEnvironment environment) {
    this.known = known;
    this.environment = environment;
  }

  /// Throws for a setting that nothing reads.
  ///
  /// @throws UnknownSettingException naming it and the nearest known one
  public void refuseUnknown() {
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
        .forEach((name, fallback) ->
            line.add(name + "=" + masked(name, environment.getProperty(name, fallback))));
    return line.toString();
  }

  /// Returns whether somebody has set this setting, to whatever value.
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
    return SECRET_IN_URL.matcher(value).replaceAll("$1***");
  }
}
