package dev.handoff.ai.provider;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads how long a provider asks to wait, wherever it tells it: in a header, in a field of the
/// body, in its words. The wait is kept between 1 s, so that a zero cannot make a busy loop of
/// retries that cost nothing, and 24 h.
final class RetryHints {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DEPTH = 12;
  private static final List<String> WAITS =
      List.of(
          "retry-after-ms",
          "x-ms-retry-after-ms",
          "x-retry-after-ms",
          "retry-after",
          "x-retry-after",
          "x-ratelimit-retry-after");

  private static final String AMOUNT =
      "\\d{1,13}(?:\\.\\d{1,9})?\\s*"
          + "(milliseconds?|millis|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)"
          + "(?![a-z])";
  private static final Pattern PART =
      Pattern.compile(AMOUNT.replace("\\d{1,13}(?:\\.\\d{1,9})?", "(\\d{1,13}(?:\\.\\d{1,9})?)"));
  private static final Pattern AMOUNTS =
      Pattern.compile("(?:" + AMOUNT + "[\\s,]*(?:and\\s+)?)+", Pattern.CASE_INSENSITIVE);
  private static final Pattern WORDS =
      Pattern.compile(
          "(?:try(?:ing)? again|retry(?:ing)?(?:[_-]?(?:after|delay|in))?|wait|resets?|available"
              + "|cool ?down)\\b[^\\d;]{0,40}?(?=\\d)(("
              + AMOUNTS.pattern()
              + "))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,16}(\\.\\d{1,9})?");
  private static final Pattern BARE_SECONDS =
      Pattern.compile(
          "\\bretry[ _-](?:after|in)[\\s:=\"']{1,4}(\\d{1,6}(?:\\.\\d{1,9})?)(?![\\w:-]|\\.\\d)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FIELD =
      Pattern.compile(
          "(?:x)?(?:ms)?retry(?:after|delay|in).*|estimatedtime.*|wait(?:time|seconds|ms|for)?.*"
              + "|(?:quota)?resets?(?:after|in|at|time).*|cooldown.*");
  private static final Pattern RESET = Pattern.compile(".*ratelimit.*reset.*");
  private static final Pattern ONE_HEADER =
      Pattern.compile("(?:.*[,;])?\\s*r(?:emaining)?=0\\b.*?\\b(?:t|reset)=(\\d{1,9}).*");
  private static final double EPOCH_MILLIS = 1e11;
  private static final double EPOCH_SECONDS = 1e9;

  private final InstantSource clock;

  RetryHints(InstantSource clock) {
    this.clock = clock;
  }

  /// The wait that an answer with this status asks for. Words and windows of limits count only
  /// where the provider is busy, as other errors speak of times as well.
  Optional<Duration> read(int status, HttpHeaders headers, String body) {
    boolean busy =
        status == 429 || status == 0 || status >= 500 || ProviderFailures.isRateLimit(body);
    @Nullable JsonNode json = parsed(body);
    return header(headers)
        .or(() -> json == null ? Optional.empty() : field(json, DEPTH))
        .or(() -> busy ? words(body) : Optional.empty())
        .or(() -> status == 429 ? window(headers) : Optional.empty());
  }

  private Optional<Duration> header(HttpHeaders headers) {
    return WAITS.stream()
        .flatMap(name -> headers.firstValue(name).flatMap(value -> value(name, value)).stream())
        .findFirst();
  }

  // The limits that are used up, of those that the provider tells with every answer.
  private Optional<Duration> window(HttpHeaders headers) {
    Stream<Duration> inOne =
        headers.allValues("ratelimit").stream()
            .flatMap(value -> ONE_HEADER.matcher(value).results())
            .flatMap(reset -> value("reset", reset.group(1)).stream());
    Stream<Duration> resets =
        headers.map().entrySet().stream()
            .filter(header -> RESET.matcher(letters(header.getKey())).matches())
            .filter(header -> isUsedUp(header.getKey(), headers))
            .flatMap(header -> value(header.getKey(), header.getValue().getFirst()).stream());
    return Stream.concat(inOne, resets).max(Duration::compareTo);
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  private static boolean isUsedUp(String reset, HttpHeaders headers) {
    String remaining = reset.toLowerCase(Locale.ROOT).replace("reset", "remaining");
    return headers.firstValue(remaining).map(left -> left.strip().equals("0")).orElse(true);
  }

  private static @Nullable JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException ignored) {
      return null;
    }
  }

  private Optional<Duration> field(JsonNode json, int depth) {
    if (depth == 0 || !json.isContainer()) {
      return Optional.empty();
    }
    for (Map.Entry<String, JsonNode> field :
        json.isObject() ? json.properties() : List.<Map.Entry<String, JsonNode>>of()) {
      Optional<Duration> wait = told(field.getKey(), field.getValue());
      if (wait.isPresent()) {
        return wait;
      }
    }
    return json.valueStream().flatMap(inner -> field(inner, depth - 1).stream()).findFirst();
  }

  private Optional<Duration> told(String name, JsonNode value) {
    String plain = letters(name);
    if (!FIELD.matcher(plain).matches() && !RESET.matcher(plain).matches()) {
      return Optional.empty();
    }
    JsonNode seconds = value.isObject() ? value.path("seconds") : value;
    return value(name, seconds.asString(""));
  }

  /// A value as it stands in a header or field of this name: a number, an amount with its unit, or
  /// a date.
  Optional<Duration> value(String name, String told) {
    String value = told.replace('"', ' ').strip();
    if (NUMBER.matcher(value).matches()) {
      return Optional.of(bounded(number(name.toLowerCase(Locale.ROOT), Double.parseDouble(value))));
    }
    if (AMOUNTS.matcher(value).matches()) {
      return Optional.of(bounded(amounts(value)));
    }
    return date(value).map(date -> bounded(Duration.between(clock.instant(), date)));
  }

  private Duration number(String name, double value) {
    if (value > EPOCH_MILLIS && !name.endsWith("ms")) {
      return Duration.between(clock.instant(), Instant.ofEpochMilli((long) value));
    }
    if (value > EPOCH_SECONDS && name.contains("reset")) {
      return Duration.between(clock.instant(), Instant.ofEpochSecond((long) value));
    }
    boolean millis =
        name.endsWith("ms") || name.endsWith("millis") || name.endsWith("milliseconds");
    return Duration.ofMillis(Math.round(value * (millis ? 1 : 1000)));
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException noHttpDate) {
      try {
        return Optional.of(OffsetDateTime.parse(value).toInstant());
      } catch (DateTimeException ignored) {
        return Optional.empty();
      }
    }
  }

  private static Optional<Duration> words(String text) {
    Matcher words = WORDS.matcher(text);
    if (words.find()) {
      return Optional.of(bounded(amounts(words.group(1))));
    }
    Matcher bare = BARE_SECONDS.matcher(text);
    return bare.find() ? Optional.of(bounded(amounts(bare.group(1) + "s"))) : Optional.empty();
  }

  private static Duration amounts(String text) {
    return PART.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(part -> part(Double.parseDouble(part.group(1)), part.group(2)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration part(double amount, String unit) {
    long millis =
        switch (unit.charAt(0)) {
          case 'h' -> 3_600_000;
          case 'd' -> 86_400_000;
          case 's' -> 1000;
          default -> unit.equals("ms") || unit.startsWith("mill") ? 1 : 60_000;
        };
    return Duration.ofMillis(Math.round(Math.min(amount, 1e9) * millis));
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
