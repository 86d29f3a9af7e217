package dev.handoff.systems.accounts.guessing;

import dev.handoff.systems.kit.SystemsDatabase;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;

/// The addresses from which accounts logged in during the last 30 days: the 50 latest of each. Safe
/// for use by many threads.
public final class LoginAddresses {
  private static final Duration REMEMBERED_FOR = Duration.ofDays(30);
  private static final int BYTES_OF_NETWORK = 8;
  private static final int LONGEST = 64;

  private static final String KNOWS =
      """
      select exists (
        select 1 from login_address
        where user_id = :user and address = :address and last_at > :since)
      """;
  private static final String KNOWS_FOR_ANY =
      """
      select exists (
        select 1 from login_address where address = :address and last_at > :since)
      """;
  private static final String ADD =
      """
      insert into login_address (user_id, address, last_at) values (:user, :address, :now)
      on conflict (user_id, address) do update set last_at = excluded.last_at
      """;
  private static final String FORGET = "delete from login_address where last_at <= :since";
  private static final String KEEP_THE_LATEST =
      """
      delete from login_address
      where user_id = :user and address not in (
        select address from login_address where user_id = :user
        order by last_at desc limit 50)
      """;

  private final SystemsDatabase db;
  private final InstantSource clock;

  public LoginAddresses(SystemsDatabase db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  /// The address as it is counted: an IPv6 address as its /64, which one person can have whole.
  static String counted(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length > BYTES_OF_NETWORK
          ? HexFormat.of().formatHex(bytes, 0, BYTES_OF_NETWORK) + "/64"
          : address;
    } catch (IllegalArgumentException none) {
      return address.length() > LONGEST ? address.substring(0, LONGEST) : address;
    }
  }

  /// Whether this account has logged in from there.
  ///
  /// @param address as it is counted
  boolean knows(UUID user, String address) {
    return db.sql(KNOWS)
        .param("user", user.toString())
        .param("address", address)
        .param("since", since())
        .query(Boolean.class)
        .single();
  }

  /// Whether any account has logged in from there.
  ///
  /// @param address as it is counted
  boolean knows(String address) {
    return db.sql(KNOWS_FOR_ANY)
        .param("address", address)
        .param("since", since())
        .query(Boolean.class)
        .single();
  }

  /// Notes that this account has logged in from there.
  ///
  /// @param address as it is counted
  void add(UUID user, String address) {
    var _ = db.sql(FORGET).param("since", since()).update();
    var _ =
        db.sql(ADD)
            .param("user", user.toString())
            .param("address", address)
            .param("now", clock.millis())
            .update();
    var _ = db.sql(KEEP_THE_LATEST).param("user", user.toString()).update();
  }

  private long since() {
    return clock.millis() - REMEMBERED_FOR.toMillis();
  }
}
