package dev.handoff.engine;

import dev.handoff.Payload;
import dev.handoff.PayloadCodec;
import dev.handoff.PayloadException;
import dev.handoff.RequestVersions;
import dev.handoff.RequestVersions.Upcaster;
import dev.handoff.TaskType;
import org.jspecify.annotations.Nullable;

/// A stored request and its version. The first version is stored as the codec wrote it; another one
/// stands in a line before it, which no JSON begins with (docs/adr/0034).
///
/// @param request as the codec wrote it
record RequestVersion(int version, Payload request) {
  private static final String MARK = "#handoff-request-v";
  private static final int MOST_DIGITS = 9;

  /// Returns what a stored payload says.
  static RequestVersion of(Payload stored) {
    String text = stored.text();
    int line = text.startsWith(MARK) ? text.indexOf('\n') : -1;
    String number = line < 0 ? "" : text.substring(MARK.length(), line);
    if (!isNumber(number)) {
      return new RequestVersion(1, stored);
    }
    return new RequestVersion(Integer.parseInt(number), new Payload(text.substring(line + 1)));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  /// Returns the payload to store. A request of the first version that looks like another one gets
  /// its version as well.
  Payload stored() {
    return version == 1 && !request.text().startsWith(MARK)
        ? request
        : new Payload(MARK + version + "\n" + request.text());
  }

  /// Returns the request as this type has it now.
  ///
  /// @throws PayloadException when the type cannot read this version, or the codec this text
  <Q> Q read(PayloadCodec codec, TaskType<Q, ?> type) {
    RequestVersions<Q> versions = type.versions();
    if (version == versions.current()) {
      return codec.decode(request, type.requestRef());
    }
    Upcaster<?, Q> upcaster = versions.older().get(version);
    if (upcaster == null) {
      throw new PayloadException(
          "it was stored as version "
              + version
              + ", and this code reads version "
              + versions.current()
              + (version > versions.current() ? "" : " and has no upcaster from it"));
    }
    return upcast(codec, upcaster);
  }

  private <O, Q> Q upcast(PayloadCodec codec, Upcaster<O, Q> upcaster) {
    O stored = codec.decode(request, upcaster.type());
    @Nullable Q now;
    try {
      now = upcaster.upcast().apply(stored);
    } catch (RuntimeException thrown) {
      throw new PayloadException(
          "the upcaster from version " + version + " threw " + thrown.getClass().getName(), thrown);
    }
    if (now == null) {
      throw new PayloadException("the upcaster from version " + version + " returned null");
    }
    return now;
  }
}
