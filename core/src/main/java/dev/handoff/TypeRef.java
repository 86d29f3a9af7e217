package dev.handoff;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A Java type with its type arguments, which a `Class` cannot name. Write a subclass without a
/// body: `new TypeRef<List<Line>>() {}`. For a type without arguments there is [#of]. Two are equal
/// when they name the same type. Immutable.
public abstract class TypeRef<T> {
  private final Type type;

  /// Takes the type from the argument of the subclass.
  ///
  /// @throws IllegalArgumentException when the argument is missing, or is or contains a type
  ///   variable, which is not known when the program runs
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)
        || !parent.getRawType().equals(TypeRef.class)) {
      throw new IllegalArgumentException(
          "a TypeRef is written with its type, like new TypeRef<List<String>>() {}");
    }
    this.type = parent.getActualTypeArguments()[0];
    requireKnown(type);
  }

  private TypeRef(Type type) {
    requireKnown(type);
    this.type = type;
  }

  /// Returns the reference of a type without type arguments.
  public static <T> TypeRef<T> of(Class<T> type) {
    return new KnownRef<>(type);
  }

  /// Returns the reference of a type that the program looked up, such as that of a parameter.
  ///
  /// @throws IllegalArgumentException when it is or contains a type variable
  public static TypeRef<?> ofType(Type type) {
    return new KnownRef<>(type);
  }

  private static final class KnownRef<T> extends TypeRef<T> {
    KnownRef(Type type) {
      super(type);
    }
  }

  private static void requireKnown(Type part) {
    switch (part) {
      case TypeVariable<?> variable ->
          throw new IllegalArgumentException(
              "a TypeRef names its type in full, and cannot say what "
                  + variable.getName()
                  + " is; pass the TypeRef from where the type is known");
      case ParameterizedType generic ->
          Arrays.stream(generic.getActualTypeArguments()).forEach(TypeRef::requireKnown);
      case GenericArrayType array -> requireKnown(array.getGenericComponentType());
      case WildcardType wildcard -> {
        Arrays.stream(wildcard.getUpperBounds()).forEach(TypeRef::requireKnown);
        Arrays.stream(wildcard.getLowerBounds()).forEach(TypeRef::requireKnown);
      }
      default -> {}
    }
  }

  /// Returns the type with its arguments, for libraries that take one.
  public final Type type() {
    return type;
  }

  /// Returns the type without its arguments.
  @SuppressWarnings("unchecked")
  public final Class<T> rawType() {
    return (Class<T>) raw(type);
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> raw(generic.getRawType());
      case GenericArrayType array -> raw(array.getGenericComponentType()).arrayType();
      default -> Object.class;
    };
  }

  /// Returns whether the type has no arguments, so that [#rawType] says all of it.
  public final boolean isClass() {
    return type instanceof Class<?>;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof TypeRef<?> ref && ref.type.equals(type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
