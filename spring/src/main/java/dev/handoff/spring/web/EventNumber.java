package dev.handoff.spring.web;

import dev.handoff.LogPosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.servlet.function.ServerRequest;

/// The last event that a reader has seen. The header of a reconnecting browser takes precedence
/// over the query of its first request.
public final class EventNumber {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private EventNumber() {}

  /// The beginning when it has seen none.
  ///
  /// @throws ProblemException when it is not a number, or the time with it not a time
  public static LogPosition lastSeen(ServerRequest request) {
    String header = request.headers().firstHeader("Last-Event-ID");
    String text = header != null ? header : request.param("after").orElse("0");
    if (!NUMBER.matcher(text).matches()) {
      throw new ProblemException(Problem.INVALID_EVENT_NUMBER);
    }
    // The time in the address is that of the event whose number is there.
    Optional<Instant> at =
        header != null ? Optional.empty() : request.param("at").map(EventNumber::time);
    return new LogPosition(Long.parseLong(text), at.orElse(null));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException notATime) {
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          Map.of(),
          Map.of(
              "errors",
              List.of(Map.of("parameter", "at", "message", "is the time of an event, as told"))));
    }
  }
}
