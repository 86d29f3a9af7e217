package dev.handoff.spring.webhooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Resolves only to public addresses of the internet, so that the name of a host leads no request
/// into the network around this server, or to its cloud's metadata. The connection is made to an
/// address that was checked here, so a name that changes its address in between gains nothing.
///
/// @param names what the names mean
record PublicAddresses(HostNames names) implements HostNames {
  /// IPv4 networks that are not the internet, as address and length of the prefix: IANA's registry
  /// of special purposes.
  private static final List<Network> SPECIAL =
      List.of(
          new Network(0, 0, 8),
          new Network(10, 0, 8),
          new Network(100, 64, 10),
          new Network(127, 0, 8),
          new Network(169, 254, 16),
          new Network(172, 16, 12),
          new Network(192, 168, 16),
          new Network(198, 18, 15),
          new Network(224, 0, 4),
          new Network(240, 0, 4));

  private record Network(int first, int second, int prefix) {
    boolean contains(byte[] address) {
      int here = first << 8 | second;
      int there = (address[0] & 0xff) << 8 | (address[1] & 0xff);
      int mask = 0xffff << (16 - prefix);
      return (here & mask) == (there & mask);
    }
  }

  /// Returns the public addresses of the host.
  ///
  /// @throws NotPublicException when it has none
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found =
        Arrays.stream(names.resolve(host))
            .filter(PublicAddresses::isPublic)
            .toArray(InetAddress[]::new);
    if (found.length == 0) {
      throw new NotPublicException(host);
    }
    return found;
  }

  /// The host has addresses, but none that may be used.
  static final class NotPublicException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NotPublicException(String host) {
      super(host);
    }
  }

  /// Returns whether a webhook may use this port, -1 for the scheme's default. Ports of mail,
  /// logins and other services are refused.
  static boolean isPort(int port) {
    return port == -1 || port == 80 || port == 443 || (port >= 1024 && port <= 65_535);
  }

  /// Returns whether this address is public.
  static boolean isPublic(InetAddress address) {
    return switch (address) {
      case Inet4Address four -> isPublic(four.getAddress());
      case Inet6Address six -> isPublicSix(six.getAddress());
      default -> false;
    };
  }

  private static boolean isPublic(byte[] four) {
    int third = four[2] & 0xff;
    // Protocol assignments and documentation, and 6to4's relays.
    boolean reserved =
        (isAt(four, 192, 0) && (third == 0 || third == 2))
            || (isAt(four, 192, 88) && third == 99)
            || (isAt(four, 198, 51) && third == 100)
            || (isAt(four, 203, 0) && third == 113);
    return !reserved && SPECIAL.stream().noneMatch(network -> network.contains(four));
  }

  private static boolean isAt(byte[] four, int first, int second) {
    return (four[0] & 0xff) == first && (four[1] & 0xff) == second;
  }

  // Of IPv6 only the global unicast addresses are given out so far, 2000::/3. Among them are some
  // that stand for an IPv4 address or for nothing; addresses that hold a mapped one lie outside.
  private static boolean isPublicSix(byte[] six) {
    int first = (six[0] & 0xff) << 8 | (six[1] & 0xff);
    int second = (six[2] & 0xff) << 8 | (six[3] & 0xff);
    boolean global = first >> 13 == 1;
    boolean protocols = first == 0x2001 && second < 0x0200;
    boolean documentation = (first == 0x2001 && second == 0x0db8) || first == 0x3fff;
    boolean sixToFour = first == 0x2002;
    return global && !protocols && !documentation && !sixToFour;
  }
}
