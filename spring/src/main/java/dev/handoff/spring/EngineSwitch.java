package dev.handoff.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The setting that switches Handoff on or off.
///
/// @param enabled whether the starter adds anything to the application
@ConfigurationProperties("handoff")
record EngineSwitch(@DefaultValue("true") boolean enabled) {}
