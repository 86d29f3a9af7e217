package dev.handoff.spring.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/// Prints a setting with a wrong value in one sentence: its name, its value, where it is set, and
/// what it takes.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingAnalyzer implements FailureAnalyzer {
  private static final String ACTION = "Correct the value, or remove the setting.";
  private static final Pattern SETTING = Pattern.compile("handoff(?:\\.[a-z0-9-]+)+");

  private final Environment environment;

  public InvalidSettingAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    BindException binding = null;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof InvalidSettingException
          || (each instanceof IllegalArgumentException && binding != null && isSentence(each))) {
        return new FailureAnalysis(withOrigins(String.valueOf(each.getMessage())), ACTION, each);
      }
      if (each instanceof BindException bind && isOurs(bind.getName())) {
        binding = bind;
      }
    }
    return binding == null ? null : new FailureAnalysis(sentence(binding), ACTION, binding);
  }

  private static boolean isOurs(ConfigurationPropertyName name) {
    return (name + ".").startsWith(KnownSettings.PREFIX);
  }

  // What a settings record says of its own values.
  private static boolean isSentence(Throwable refusal) {
    return String.valueOf(refusal.getMessage()).startsWith(KnownSettings.PREFIX);
  }

  private String sentence(BindException binding) {
    String name = binding.getName().toString();
    Object value = property(name).map(ConfigurationProperty::getValue).orElse("");
    return name
        + "="
        + SettingsCheck.masked(name, String.valueOf(value))
        + origin(name)
        + " is not "
        + expected(binding.getTarget().getType().resolve(Object.class));
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(each -> each.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
              .collect(Collectors.joining(", "));
    }
    if (type == Duration.class) {
      return "a duration, such as 500ms, 30s, 10m, 1h or 7d";
    }
    if (type == DataSize.class) {
      return "a size, such as 64KB or 5MB";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type)
        ? "a whole number in the range of its type"
        : "a value of the type " + type.getSimpleName();
  }

  private String withOrigins(String message) {
    StringBuilder origins = new StringBuilder();
    Matcher settings = SETTING.matcher(message);
    while (settings.find()) {
      String origin = origin(settings.group());
      if (origins.indexOf(origin) < 0) {
        origins.append(origin);
      }
    }
    return message + origins;
  }

  private String origin(String name) {
    return property(name)
        .map(ConfigurationProperty::getOrigin)
        .map(origin -> " (" + origin + ")")
        .orElse("");
  }

  private Optional<ConfigurationProperty> property(String name) {
    if (!ConfigurationPropertyName.isValid(name)) {
      return Optional.empty();
    }
    ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty found = source.getConfigurationProperty(wanted);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
