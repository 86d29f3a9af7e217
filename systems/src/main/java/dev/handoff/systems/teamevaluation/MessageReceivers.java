package dev.handoff.systems.teamevaluation;

import dev.handoff.TimeSource;
import dev.handoff.spring.webhooks.Signatures;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.teamevaluation.Member.School;
import java.net.IDN;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a school's messages about its jobs may go, and the secret that they are signed with after
/// the Standard Webhooks specification. Teachers set both. Safe for use by many threads.
public record MessageReceivers(MessageReceiverTable table, AuditLog audit, TimeSource clock) {
  /// How long the secret before signs along, so that receivers can change theirs.
  static final Duration OLD_SECRET = Duration.ofHours(24);

  private static final int MOST_HOSTS = 20;
  private static final int LONGEST_HOST = 253;
  private static final Pattern HOST = Pattern.compile("[a-z0-9](?:[a-z0-9.:-]*[a-z0-9])?");

  /// A school's settings.
  ///
  /// @param hosts to which messages may go, in lower case; empty for every public address
  public record ReceiverSettings(
      List<String> hosts, String secret, @Nullable String oldSecret, @Nullable Instant oldUntil) {
    private List<String> signing(Instant now) {
      return oldSecret == null || oldUntil == null || !now.isBefore(oldUntil)
          ? List.of(secret)
          : List.of(secret, oldSecret);
    }
  }

  /// The school's settings. The first call makes its secret.
  public ReceiverSettings of(long school) {
    return table
        .find(school)
        .orElseGet(() -> {
          // Of several that ask at once, one makes it.
          table.addIfNone(school, Signatures.newSecret());
          return table.find(school).orElseThrow();
        });
  }

  /// Lets messages go to these hosts only; to every public address if there are none.
  ///
  /// @throws RefusedException when there are over 20, or one is no host name or address (400)
  public ReceiverSettings allow(School school, List<String> hosts) {
    if (hosts.size() > MOST_HOSTS) {
      throw RefusedException.badRequest("hosts must be %d at most".formatted(MOST_HOSTS));
    }
    List<String> read = hosts.stream().map(MessageReceivers::host).distinct().toList();
    var _ = of(school.id());
    table.setHosts(school.id(), read);
    note(school);
    return of(school.id());
  }

  /// Makes another secret. The one before signs along for 24 hours.
  public void renewSecret(School school) {
    var _ = of(school.id());
    table.renewSecret(school.id(), Signatures.newSecret(), clock.instant().plus(OLD_SECRET));
    note(school);
  }

  /// Whether the school lets messages go to the host of this URL.
  public boolean isAllowed(long school, URI url) {
    List<String> hosts = table.find(school).map(ReceiverSettings::hosts).orElse(List.of());
    return hosts.isEmpty() || (url.getHost() != null && hosts.contains(bare(url.getHost())));
  }

  /// The headers that sign this body for the school's receiver.
  ///
  /// @param id of the message, the same at each attempt
  Map<String, String> signed(long school, String id, String body) {
    Instant now = clock.instant();
    return Signatures.headers(of(school).signing(now), id, now, body);
  }

  private void note(School school) {
    audit.note(AuditEvent.of(AuditKind.WEBHOOK_CHANGED).target("school " + school.id()));
  }

  private static String host(String text) {
    String host;
    try {
      host = bare(IDN.toASCII(text.strip()));
    } catch (IllegalArgumentException noName) {
      throw noHost();
    }
    if (host.length() > LONGEST_HOST || !HOST.matcher(host).matches()) {
      throw noHost();
    }
    return host;
  }

  private static String bare(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  private static RefusedException noHost() {
    return RefusedException.badRequest(
        "hosts must be names such as 'school.example', without a scheme, a port or a path");
  }
}
