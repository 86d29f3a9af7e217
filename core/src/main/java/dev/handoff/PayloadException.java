package dev.handoff;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request or result cannot be written or read as what its task type says. Change the value, or
/// the type.
public final class PayloadException extends HandoffException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_FIELD = 200;
  private static final String ANOTHER_FORM = "has another form";

  private final @Nullable String field;
  private final String problem;

  /// Creates the exception with the reason as its message.
  public PayloadException(String message) {
    super(message);
    this.field = null;
    this.problem = ANOTHER_FORM;
  }

  /// With the library's exception as its cause.
  public PayloadException(String message, Throwable cause) {
    this(message, null, ANOTHER_FORM, cause);
  }

  private PayloadException(
      String message, @Nullable String field, String problem, @Nullable Throwable cause) {
    super(message);
    this.field = field;
    this.problem = problem;
    if (cause != null) {
      initCause(cause);
    }
  }

  /// Creates the exception for one field of the value.
  ///
  /// @param field path to it, like `lines[0].text`; cut at 200 characters
  /// @param problem what is wrong with it, to follow its name, like "is unknown"
  public static PayloadException ofField(
      String message, String field, String problem, @Nullable Throwable cause) {
    return new PayloadException(message, Texts.cut(field, LONGEST_FIELD), problem, cause);
  }

  /// Creates the exception for the value as a whole.
  ///
  /// @param problem what is wrong with it, to follow "it", like "has another form"
  public static PayloadException ofValue(
      String message, String problem, @Nullable Throwable cause) {
    return new PayloadException(message, null, problem, cause);
  }

  /// Returns the same exception whose message begins with what could not be done, like "the request
  /// of a 'chat' task cannot be read".
  public PayloadException during(String what) {
    return new PayloadException(what + ": " + getMessage(), field, problem, this);
  }

  /// Returns the path to the field that is wrong, where one field is.
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /// Returns what is wrong for the person waiting: the field's name, no value and no class.
  public String problem() {
    return (field == null ? "it " : "the field '" + field + "' ") + problem;
  }
}
