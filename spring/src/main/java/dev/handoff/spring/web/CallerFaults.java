package dev.handoff.spring.web;

import java.io.IOException;
import org.springframework.web.util.DisconnectedClientHelper;

/// Tells failures that a caller is the cause of, who went away or sent what is no HTTP, from those
/// of this server. Ask only after [Unavailability]: a lost database looks alike.
public final class CallerFaults {
  private static final int LONGEST = 200;

  private CallerFaults() {}

  /// Returns whether the caller's end of the connection is the cause of this failure.
  public static boolean isCause(Throwable failure) {
    return DisconnectedClientHelper.isClientDisconnectedException(failure) || isOfTheBody(failure);
  }

  // What the container says of a body that it cannot read on, such as a wrong chunk.
  private static boolean isOfTheBody(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getName().startsWith("org.eclipse.jetty.http.")
          || (cause instanceof IOException
              && cause.getClass().getName().startsWith("org.eclipse.jetty."))) {
        return true;
      }
    }
    return false;
  }

  /// Returns what happened in a few words for a log line, without line breaks.
  public static String words(Throwable failure) {
    String words = failure.getClass().getSimpleName() + " " + failure.getMessage();
    String line = words.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }
}
