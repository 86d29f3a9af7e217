package dev.handoff.spring.api;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.servlet.function.ServerRequest;

/// The parameters of a list for operators. One that is unknown, or has no value that it can have,
/// is refused with 422: a misspelt filter would show everything. An empty one counts as missing.
public final class ListFilters {
  public static final String LIMIT = "limit";
  public static final String CURSOR = "cursor";

  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;
  // A cursor may hold a name of 150 characters in UTF-8 and base64.
  private static final int LONGEST = 1_000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
  private static final String TIME = "is a time of our days, such as 2030-01-31T00:00:00Z";
  // What lies further away has no place in a number of milliseconds.
  private static final Instant FARTHEST = Instant.parse("9999-12-31T00:00:00Z");

  private final ServerRequest request;

  private ListFilters(ServerRequest request) {
    this.request = request;
  }

  /// The parameters of this request.
  ///
  /// @param known the names of all that the list takes
  /// @throws ProblemException when there is another one
  public static ListFilters of(ServerRequest request, List<String> known) {
    if (!known.containsAll(request.params().keySet())) {
      throw refused("", "every parameter is one of " + known);
    }
    return new ListFilters(request);
  }

  /// A parameter of at most 1,000 characters.
  public Optional<String> text(String name) {
    Optional<String> text = request.param(name).filter(value -> !value.isEmpty());
    // No text of the database has a NUL.
    if (text.filter(value -> value.length() > LONGEST || value.indexOf('\0') >= 0).isPresent()) {
      throw refused(name, "has at most " + LONGEST + " characters");
    }
    return text;
  }

  public Optional<Instant> time(String name) {
    return text(name).map(text -> time(name, text));
  }

  private static Instant time(String name, String text) {
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(FARTHEST)) {
        return time;
      }
    } catch (DateTimeException none) {
      throw refused(name, TIME);
    }
    throw refused(name, TIME);
  }

  /// How many the page may have: 50 unless it says another number, up to 200.
  public int limit() {
    String text = text(LIMIT).orElse(Integer.toString(USUAL_PAGE));
    int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw refused(LIMIT, "is a whole number from 1 to " + LARGEST_PAGE);
    }
    return limit;
  }

  /// Refuses a parameter.
  public static ProblemException refused(String parameter, String message) {
    return new ProblemException(
        Problem.INVALID_FILTER,
        Map.of(),
        Map.of("errors", List.of(Map.of("parameter", parameter, "message", message))));
  }
}
