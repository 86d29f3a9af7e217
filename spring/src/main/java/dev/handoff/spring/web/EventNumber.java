package dev.handoff.spring.web;

import java.util.regex.Pattern;
import org.springframework.web.servlet.function.ServerRequest;

/// The number of the last event that a reader has seen, as it says: the header of a browser that
/// reconnects wins over the address it first asked for.
public final class EventNumber {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private EventNumber() {}

  /// 0 when it has seen none.
  ///
  /// @throws ProblemException when it is not a number
  public static long lastSeen(ServerRequest request) {
    String header = request.headers().firstHeader("Last-Event-ID");
    String text = header != null ? header : request.param("after").orElse("0");
    if (!NUMBER.matcher(text).matches()) {
      throw new ProblemException(Problem.INVALID_EVENT_NUMBER);
    }
    return Long.parseLong(text);
  }
}
