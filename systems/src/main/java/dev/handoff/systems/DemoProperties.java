package dev.handoff.systems;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the demo.
///
/// @param demo whether the demo accounts exist; the login page then lists them
@ConfigurationProperties("handoff")
public record DemoProperties(@DefaultValue("false") boolean demo) {}
