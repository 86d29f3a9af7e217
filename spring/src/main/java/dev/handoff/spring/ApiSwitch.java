package dev.handoff.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The setting that switches the HTTP API on or off.
///
/// @param enabled whether the HTTP API is served; if false, none of its paths exist
@ConfigurationProperties("handoff.api")
record ApiSwitch(@DefaultValue("true") boolean enabled) {}
