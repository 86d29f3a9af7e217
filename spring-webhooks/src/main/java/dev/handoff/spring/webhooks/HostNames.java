package dev.handoff.spring.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// What the names of hosts mean.
@FunctionalInterface
interface HostNames {
  /// Returns the addresses of the host, at least one.
  ///
  /// @throws UnknownHostException when it has none
  InetAddress[] resolve(String host) throws UnknownHostException;
}
