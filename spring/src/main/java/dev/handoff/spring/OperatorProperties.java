package dev.handoff.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the operators' calls.
///
/// @param payloads whether operators may read requests, results and step values, which the audit
///   log notes; if false, the calls that return them answer 404
@ConfigurationProperties("handoff.ops")
public record OperatorProperties(@DefaultValue("true") boolean payloads) {}
