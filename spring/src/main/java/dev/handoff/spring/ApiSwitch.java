package dev.handoff.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether there is an HTTP API, apart from how it is served.
///
/// @param enabled whether the API is served; without it an application has none of its routes
@ConfigurationProperties("handoff.api")
record ApiSwitch(@DefaultValue("true") boolean enabled) {}
