package dev.handoff.systems.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the audit log.
///
/// @param keep how long entries of the audit log are kept; at least 1d
@ConfigurationProperties("handoff.audit")
public record AuditProperties(@DefaultValue("400d") Duration keep) {
  public AuditProperties {
    if (keep.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("handoff.audit.keep is at least 1d, was " + keep);
    }
  }
}
