package dev.handoff.spring;

import dev.handoff.spring.settings.SettingsCheck;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/// The check of the settings, for each auto-configuration that opens a database.
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
  /// Made before the database, so that a misspelt setting creates no file.
  @Bean
  SettingsCheck handoffSettingsCheck(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    ClassLoader loader = context.getClassLoader();
    SettingsCheck check =
        new SettingsCheck(
            environment, loader == null ? ClassLoader.getSystemClassLoader() : loader);
    check.refuseUnknown();
    check.print();
    return check;
  }
}
