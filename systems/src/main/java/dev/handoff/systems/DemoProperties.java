package dev.handoff.systems;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether this server shows itself with accounts that everybody knows.
///
/// @param demo whether the demo accounts exist and the login page lists them
@ConfigurationProperties("handoff")
public record DemoProperties(@DefaultValue("false") boolean demo) {}
