package dev.handoff.spring.api;

import dev.handoff.spring.web.BodyTooLargeException;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.WireJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads request bodies as JSON, and refuses nesting, numbers and texts beyond the limits here. The
/// size of a body is limited by [dev.handoff.spring.web.BodyLimitFilter].
public final class RequestJson {
  private static final int DEPTH = 100;
  private static final int DIGITS = 1000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(DIGITS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          // A number goes to the handler as it was sent.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private RequestJson() {}

  /// Returns the body of this request. Its content type may be missing, but must not be that of an
  /// HTML form, which other sites can send without a preflight request.
  ///
  /// @throws ProblemException when it is no JSON, or none that is taken
  /// @throws BodyTooLargeException over the body limit
  static JsonNode of(ServerRequest request) throws BodyTooLargeException {
    String type = request.servletRequest().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && !type.toLowerCase(Locale.ROOT).contains("json")) {
      throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE);
    }
    return parse(text(request));
  }

  /// Returns the body as this record, which validates itself.
  ///
  /// @throws ProblemException with this problem when it is JSON but not such a record
  /// @throws BodyTooLargeException over the body limit
  public static <T> T of(ServerRequest request, Class<T> type, Problem otherwise)
      throws BodyTooLargeException {
    try {
      T value = WireJson.read(of(request), type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException notThat) {
      throw new ProblemException(otherwise);
    }
    throw new ProblemException(otherwise);
  }

  private static String text(ServerRequest request) throws BodyTooLargeException {
    try {
      byte[] body = request.servletRequest().getInputStream().readAllBytes();
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (BodyTooLargeException tooLarge) {
      throw tooLarge;
    } catch (CharacterCodingException notUtf8) {
      throw new ProblemException(Problem.NOT_JSON);
    } catch (IOException clientIsGone) {
      throw new ProblemException(Problem.INVALID_REQUEST);
    }
  }

  static JsonNode parse(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      if (json != null && !json.isMissingNode() && isPlain(json)) {
        return json;
      }
    } catch (JacksonException notJson) {
      throw new ProblemException(Problem.NOT_JSON);
    }
    throw new ProblemException(Problem.NOT_JSON);
  }

  /// Returns a canonical text: equal values give equal texts.
  static String canonical(JsonNode json) {
    return SORTED.writeValueAsString(json);
  }

  private static boolean isPlain(JsonNode json) {
    if (json.isString()) {
      return isPlain(json.stringValue());
    }
    if (json.isBigDecimal()) {
      BigDecimal number = json.decimalValue();
      return Math.abs((long) number.scale()) <= DIGITS;
    }
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      if (!isPlain(property.getKey())) {
        return false;
      }
    }
    for (JsonNode inside : json) {
      if (!isPlain(inside)) {
        return false;
      }
    }
    return true;
  }

  // Neither can be in every database's text, nor in well-formed UTF-8.
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (at == 0) {
        return false;
      }
      if (Character.isSurrogate(at)) {
        boolean pair =
            Character.isHighSurrogate(at)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
