package dev.handoff.systems.teamevaluation;

import dev.handoff.Failure;

/// Why a summary could not be made, in words for pupils and teachers: nothing of the inside.
public final class SummaryFailures {
  static final String DATABASE =
      "De gegevens konden even niet worden gelezen of opgeslagen. Probeer het later opnieuw.";
  static final String INTERRUPTED =
      "Het maken van de samenvatting is te vaak onderbroken. Probeer het later opnieuw.";

  /// What somebody reads whose job the engine does not take.
  public static final String NOT_TAKEN =
      "De wachtrij is niet bereikbaar. Probeer het over een paar minuten opnieuw.";

  private static final String TOO_LATE =
      "Het maken van de samenvatting duurde te lang. Probeer het later opnieuw.";
  private static final String UNEXPECTED =
      "Er ging onverwacht iets mis. Probeer het later opnieuw.";

  private SummaryFailures() {}

  /// What a person reads about this.
  static String words(Failure failure) {
    return switch (failure.kind()) {
      case TIMEOUT -> TOO_LATE;
      case LOST -> INTERRUPTED;
      case INVALID_REQUEST -> failure.message();
      case ERROR -> failure.message().equals(DATABASE) ? DATABASE : UNEXPECTED;
      case RATE_LIMITED, QUOTA_EXCEEDED, REFUSED, BAD_OUTPUT, UNAVAILABLE, MISCONFIGURED ->
          UNEXPECTED;
    };
  }
}
