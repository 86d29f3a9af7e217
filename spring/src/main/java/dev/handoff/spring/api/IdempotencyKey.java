package dev.handoff.spring.api;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.databind.JsonNode;

/// The idempotency key of a request, and a digest of its content.
///
/// @param scope a digest of the caller: keys of different callers never meet
/// @param key the name, without quotes
/// @param fingerprint the same for the same call with the same payload, however it is written
record IdempotencyKey(String scope, String key, String fingerprint) {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern BARE = Pattern.compile("[\\x21-\\x7e]{1,200}");
  // A string in the form of RFC 8941, with its escapes.
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\]){1,400})\"");

  /// Returns the key of this request, if it has one.
  ///
  /// @throws ProblemException when it is not a key
  static Optional<IdempotencyKey> of(ServerRequest request, Caller caller, JsonNode body) {
    List<String> sent = request.headers().header(HEADER);
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    if (sent.size() > 1) {
      throw new ProblemException(Problem.INVALID_IDEMPOTENCY_KEY);
    }
    return Optional.of(
        new IdempotencyKey(
            scope(caller),
            parse(sent.getFirst().strip()),
            Digests.of(request.path(), RequestJson.canonical(body))));
  }

  /// Returns a digest of the caller.
  static String scope(Caller caller) {
    return Digests.of(caller.tenant(), caller.owner());
  }

  static String parse(String text) {
    String key = text;
    if (text.startsWith("\"")) {
      var quoted = QUOTED.matcher(text);
      if (!quoted.matches()) {
        throw new ProblemException(Problem.INVALID_IDEMPOTENCY_KEY);
      }
      key = quoted.group(1).replaceAll("\\\\([\"\\\\])", "$1");
    }
    if (!BARE.matcher(key).matches()) {
      throw new ProblemException(Problem.INVALID_IDEMPOTENCY_KEY);
    }
    return key;
  }
}
