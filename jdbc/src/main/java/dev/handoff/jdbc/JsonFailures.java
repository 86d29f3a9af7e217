package dev.handoff.jdbc;

import dev.handoff.PayloadException;
import dev.handoff.TypeRef;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Says which field of a value Jackson could not write or read, and why, without any value.
final class JsonFailures {
  private static final String PLAIN = "; give it plain fields, or register a serializer";

  private JsonFailures() {}

  static PayloadException ofWriting(Class<?> type, Throwable thrown) {
    String path = path(thrown);
    return path.isEmpty()
        ? PayloadException.ofValue(
            "a " + type.getName() + " cannot be written as JSON" + PLAIN,
            "cannot be written as JSON",
            thrown)
        : PayloadException.ofField(
            "the field '"
                + path
                + "' of a "
                + type.getName()
                + " cannot be written as JSON"
                + PLAIN,
            path,
            "cannot be written as JSON",
            thrown);
  }

  static PayloadException ofReading(TypeRef<?> type, Throwable thrown) {
    String path = path(thrown);
    String problem = problem(thrown);
    String message =
        "a "
            + type
            + " cannot be read from this JSON: "
            + (path.isEmpty() ? "it " : "the field '" + path + "' ")
            + problem
            + hint(thrown);
    return path.isEmpty()
        ? PayloadException.ofValue(message, problem, thrown)
        : PayloadException.ofField(message, path, problem, thrown);
  }

  /// Adds the property that has no field to the field that has no property: one of them was
  /// renamed.
  static PayloadException alsoUnknown(
      TypeRef<?> type, JacksonException missing, UnrecognizedPropertyException unknown) {
    String problem = "is missing, and '" + path(unknown) + "' is unknown";
    return PayloadException.ofField(
        "a "
            + type
            + " cannot be read from this JSON: the field '"
            + path(missing)
            + "' "
            + problem,
        path(missing),
        problem,
        missing);
  }

  private static String problem(Throwable thrown) {
    return switch (thrown) {
      case UnrecognizedPropertyException ignored -> "is unknown";
      case InvalidTypeIdException e ->
          e.getTypeId() == null ? "does not name its subtype" : "names an unknown subtype";
      case InvalidDefinitionException ignored -> "is of a type that cannot be read";
      case ValueInstantiationException ignored -> "is refused by its constructor";
      case MismatchedInputException e when isMissing(e) -> "is missing";
      case MismatchedInputException ignored -> "has another type";
      default -> "has another form";
    };
  }

  private static String hint(Throwable thrown) {
    return thrown instanceof InvalidDefinitionException
        ? "; name its subtypes with @JsonTypeInfo where it is an interface, give it a constructor,"
            + " or register a deserializer"
        : "";
  }

  static boolean isMissing(JacksonException e) {
    return e.getOriginalMessage().startsWith("Missing required creator property");
  }

  /// Returns the path to the field, like `lines[0].text`; empty for the whole value.
  private static String path(Throwable thrown) {
    StringBuilder path = new StringBuilder();
    if (thrown instanceof JacksonException e) {
      for (JacksonException.Reference part : e.getPath()) {
        if (part.getPropertyName() == null) {
          path.append('[').append(part.getIndex()).append(']');
        } else {
          path.append(path.isEmpty() ? "" : ".").append(part.getPropertyName());
        }
      }
    }
    return path.toString();
  }
}
