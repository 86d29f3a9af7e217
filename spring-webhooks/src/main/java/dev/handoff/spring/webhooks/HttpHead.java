package dev.handoff.spring.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of an HTTP/1.1 answer: as much of it as a sender of messages needs.
///
/// @param status 200 to 599
/// @param retryAfter the value of `Retry-After`, if there is one
record HttpHead(int status, Optional<String> retryAfter) {
  private static final int LIMIT = 16 << 10;
  private static final int EARLY_ANSWERS = 8;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])(?: .*)?");
  private static final String RETRY_AFTER = "retry-after:";

  /// Reads the head of the final answer, and skips those before it with a status below 200.
  ///
  /// @throws IOException when it is not HTTP, is larger than 16 KiB, or ends early
  static HttpHead read(InputStream in) throws IOException {
    for (int i = 0; i < EARLY_ANSWERS; i++) {
      HttpHead head = readOne(in);
      if (head.status() >= 200) {
        return head;
      }
    }
    throw new IOException("the receiver sends early answers only");
  }

  private static HttpHead readOne(InputStream in) throws IOException {
    int[] left = {LIMIT};
    Matcher first = STATUS.matcher(line(in, left));
    if (!first.matches()) {
      throw new IOException("the receiver does not answer with HTTP");
    }
    Optional<String> retryAfter = Optional.empty();
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      if (line.regionMatches(true, 0, RETRY_AFTER, 0, RETRY_AFTER.length())) {
        retryAfter = Optional.of(line.substring(RETRY_AFTER.length()).strip());
      }
    }
    return new HttpHead(Integer.parseInt(first.group(1)), retryAfter);
  }

  private static String line(InputStream in, int[] left) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new IOException("the receiver hung up before its answer");
      }
      if (left[0]-- == 0) {
        throw new IOException("the head of the receiver's answer is too large");
      }
      if (read != '\r') {
        line.write(read);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
