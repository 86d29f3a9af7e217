package dev.handoff.spring;

import dev.handoff.GateLimits;
import dev.handoff.Gates;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the gates, stored at each start in place of the limits before. Names are in brackets:
/// `handoff.gates.[tenant:*].concurrency`.
///
/// @param gates limits of the gates that all nodes share, by name in brackets, such as
///   `handoff.gates.[provider:openai].concurrency`, `.starts.count` and `.starts.per`,
///   `.units.count` and `.units.per`; a name that ends in `:*` is for all gates that begin so
@ConfigurationProperties("handoff")
record GateProperties(@DefaultValue Map<String, Limits> gates) {
  record Limits(@Nullable Integer concurrency, @Nullable Rate starts, @Nullable Rate units) {}

  record Rate(@DefaultValue("0") long count, @DefaultValue("1m") Duration per) {
    GateLimits.Rate toRate() {
      return new GateLimits.Rate(count, per);
    }
  }

  GateProperties {
    gates = Map.copyOf(gates);
    gates.forEach(GateProperties::check);
  }

  private static void check(String name, Limits limits) {
    try {
      Gates.requireFamilyOrName(name);
      if (limits(limits).equals(GateLimits.NONE)) {
        throw new IllegalArgumentException("it sets no concurrency, starts or units");
      }
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "handoff.gates.[" + name + "]: " + wrong.getMessage(), wrong);
    }
  }

  private static GateLimits limits(Limits limits) {
    Rate starts = limits.starts();
    Rate units = limits.units();
    return new GateLimits(
        limits.concurrency(),
        starts == null ? null : starts.toRate(),
        units == null ? null : units.toRate());
  }

  void setIn(Gates stored) {
    gates.forEach((name, limits) -> stored.set(name, limits(limits)));
  }
}
