package dev.handoff.engine;

import dev.handoff.Bounds;
import dev.handoff.NoResult;
import dev.handoff.Payload;
import dev.handoff.PayloadCodec;
import dev.handoff.PayloadException;
import dev.handoff.PayloadTooLargeException;
import dev.handoff.TaskType;
import dev.handoff.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes and reads the requests and results of task types with the codec. What it writes is within
/// its bound, and was read once, so that the code that wrote it can read it. Safe for use by many
/// threads.
public final class Payloads {
  private static final Payload NOTHING = new Payload("null");

  private final PayloadCodec codec;
  private final Bounds bounds;

  Payloads(PayloadCodec codec, Bounds bounds) {
    this.codec = codec;
    this.bounds = bounds;
  }

  PayloadCodec codec() {
    return codec;
  }

  /// Returns the request as the codec writes it, without its version.
  ///
  /// @throws PayloadException when it is null, or cannot be written and read
  <Q> Payload writeRequest(TaskType<Q, ?> type, @Nullable Q request) {
    String what = "the request of a '" + type.name() + "' task cannot be stored";
    if (request == null) {
      throw new PayloadException(what + ": it is null; pass a value");
    }
    try {
      Payload written = codec.encode(request, type.requestRef());
      requireWithin("the request of a " + type.name() + " task", written, bounds.request());
      requireReadable(written, type.requestRef());
      return written;
    } catch (PayloadTooLargeException tooLarge) {
      throw tooLarge;
    } catch (RuntimeException | StackOverflowError notWritten) {
      throw described(what, notWritten);
    }
  }

  /// Returns the request of this type in a stored payload.
  ///
  /// @throws PayloadException when it cannot be read
  public <Q> Q request(TaskType<Q, ?> type, Payload stored) {
    try {
      return RequestVersion.of(stored).read(codec, type);
    } catch (RuntimeException | StackOverflowError unreadable) {
      throw described("the request of this '" + type.name() + "' task cannot be read", unreadable);
    }
  }

  /// Returns the result as it is stored.
  ///
  /// @throws PayloadException when it is null and the type has a result, or when it cannot be
  ///   written and read
  <R> Payload writeResult(TaskType<?, R> type, @Nullable Object result) {
    if (isNothing(type.resultRef())) {
      return NOTHING;
    }
    String what = "the result of a '" + type.name() + "' task cannot be stored";
    if (result == null) {
      throw PayloadException.ofValue(
          what
              + ": it is null; return a value, or give the type the result type NoResult and return"
              + " Outcome.done()",
          "is null",
          null);
    }
    try {
      Payload written = codec.encode(result, type.resultRef());
      requireWithin("the result of a " + type.name() + " task", written, bounds.result());
      requireReadable(written, type.resultRef());
      return written;
    } catch (PayloadTooLargeException tooLarge) {
      throw tooLarge;
    } catch (RuntimeException | StackOverflowError notWritten) {
      throw described(what, notWritten);
    }
  }

  /// Returns the result of this type in a stored payload; empty for the result type `Void`, which
  /// has no value.
  ///
  /// @throws PayloadException when it cannot be read
  public <R> Optional<R> result(TaskType<?, R> type, Payload stored) {
    if (isNothing(type.resultRef())) {
      return type.resultType() == NoResult.class
          ? Optional.of(type.resultType().cast(NoResult.INSTANCE))
          : Optional.empty();
    }
    try {
      return Optional.of(codec.decode(stored, type.resultRef()));
    } catch (RuntimeException | StackOverflowError unreadable) {
      throw described("the result of this '" + type.name() + "' task cannot be read", unreadable);
    }
  }

  private static boolean isNothing(TypeRef<?> result) {
    return result.type() == NoResult.class || result.type() == Void.class;
  }

  private <T> void requireReadable(Payload written, TypeRef<T> type) {
    T unusedCopy = codec.decode(written, type);
  }

  // Not the message of another exception, which may hold a value: messages are logged.
  private static PayloadException described(String what, Throwable thrown) {
    return thrown instanceof PayloadException explained
        ? explained.during(what)
        : new PayloadException(what + ": " + thrown.getClass().getName() + " was thrown", thrown);
  }

  static void requireWithin(String what, Payload payload, int bound) {
    requireWithin(what, payload.text(), bound);
  }

  static void requireWithin(String what, String text, int bound) {
    // A character has at most three bytes in UTF-8 for each of Java's: most texts need no counting.
    if (text.length() > bound / 3) {
      long size = text.getBytes(StandardCharsets.UTF_8).length;
      if (size > bound) {
        throw new PayloadTooLargeException(what, size, bound);
      }
    }
  }
}
