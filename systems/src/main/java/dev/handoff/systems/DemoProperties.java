package dev.handoff.systems;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the demo.
///
/// @param demo whether the demo accounts exist and may be used; the login page then lists them, and
///   the server listens on 127.0.0.1 only. Refused on a database with other accounts
/// @param demoOnNetwork whether the demo may be reached from other machines, where everybody who
///   reaches it can log in
@ConfigurationProperties("handoff")
public record DemoProperties(
    @DefaultValue("false") boolean demo, @DefaultValue("false") boolean demoOnNetwork) {}
