package dev.handoff.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of stored requests, results and step values.
///
/// @param lenient whether stored requests, results and step values are read with the application's
///   own `JsonMapper` settings, which may ignore unknown properties and use null for missing ones;
///   if false, such differences make a stored value unreadable
@ConfigurationProperties("handoff.payloads")
public record PayloadProperties(@DefaultValue("false") boolean lenient) {}
