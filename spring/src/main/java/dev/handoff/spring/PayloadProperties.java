package dev.handoff.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of stored requests, results and step values.
///
/// @param lenient whether stored requests, results and step values are read as the application's
///   JsonMapper reads, which may ignore unknown properties and put null for missing ones; off, so
///   that what another version of the application stored is noticed
@ConfigurationProperties("handoff.payloads")
public record PayloadProperties(@DefaultValue("false") boolean lenient) {}
