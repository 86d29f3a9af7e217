package dev.handoff.spring;

import dev.handoff.NoResult;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import dev.handoff.TypeRef;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/// What a method with [HandledBy] takes and returns, with all type arguments.
///
/// @param name the name of the task type
/// @param bean the name of the method's bean
/// @param result [NoResult] for a method that returns nothing
record HandlerSignature(
    String name, String bean, Method method, TypeRef<?> request, TypeRef<?> result) {
  private static final String FORM =
      "takes the request, then a TaskContext or nothing, and returns the result, an Outcome of it, or"
          + " nothing";

  /// Reads the method's types as they are in the class of the bean, whose superclass may declare it
  /// with type variables.
  ///
  /// @throws BeanCreationException when it is no handler, or a type variable of it is open
  static HandlerSignature of(String name, String bean, Method method, Class<?> type) {
    HandlerSignature untyped =
        new HandlerSignature(
            name, bean, method, TypeRef.of(Object.class), TypeRef.of(NoResult.class));
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length == 0
        || parameters.length > 2
        || (parameters.length == 2 && parameters[1] != TaskContext.class)) {
      throw untyped.misfit(FORM, null);
    }
    try {
      Map<?, Type> variables = GenericTypeResolver.getTypeVariableMap(type);
      Type request = filled(method.getGenericParameterTypes()[0], variables);
      Type returned = filled(method.getGenericReturnType(), variables);
      return new HandlerSignature(name, bean, method, known(request), known(resultOf(returned)));
    } catch (IllegalArgumentException open) {
      throw untyped.misfit(
          "says what its types are; where its superclass declares it with type variables, the"
              + " bean's class gives them",
          open);
    }
  }

  /// Puts in what the type variables stand for in the bean's class.
  private static Type filled(Type type, Map<?, Type> variables) {
    return switch (type) {
      case TypeVariable<?> variable -> {
        Type known = variables.get(variable);
        if (known == null || known.equals(variable)) {
          throw new IllegalArgumentException("it is not said what " + variable.getName() + " is");
        }
        yield filled(known, variables);
      }
      case ParameterizedType generic ->
          ResolvableType.forClassWithGenerics(
                  (Class<?>) generic.getRawType(),
                  Arrays.stream(generic.getActualTypeArguments())
                      .map(argument -> ResolvableType.forType(filled(argument, variables)))
                      .toArray(ResolvableType[]::new))
              .getType();
      default -> type;
    };
  }

  private static Type resultOf(Type returned) {
    ResolvableType type = ResolvableType.forType(returned);
    if (type.resolve() == Outcome.class) {
      Type result = type.getGeneric(0).getType();
      // A raw Outcome says nothing.
      return type.hasGenerics() ? result : Object.class;
    }
    return returned.equals(void.class) || returned.equals(Void.class) ? NoResult.class : returned;
  }

  private static TypeRef<?> known(Type type) {
    return TypeRef.ofType(
        type instanceof Class<?> plain ? ClassUtils.resolvePrimitiveIfNecessary(plain) : type);
  }

  /// Whether the method ends without a value.
  boolean givesNothing() {
    Class<?> returned = method.getReturnType();
    return returned == void.class || returned == Void.class;
  }

  /// The task type that these types make.
  TaskType<?, ?> taskType() {
    return TaskType.of(name, request, result);
  }

  /// Compares these types with those of the application's own task type.
  ///
  /// @throws BeanCreationException when the method does not take its requests, or returns something
  ///   else
  void requireFits(TaskType<?, ?> declared) {
    ResolvableType taken = ResolvableType.forType(request.type());
    ResolvableType given = ResolvableType.forType(declared.resultRef().type());
    boolean nothing = givesNothing() && declared.resultType() == Void.class;
    if (!taken.isAssignableFrom(ResolvableType.forType(declared.requestRef().type()))
        || !(nothing || given.isAssignableFrom(ResolvableType.forType(result.type())))) {
      throw misfit(
          "takes "
              + declared.requestRef()
              + " and returns "
              + declared.resultRef()
              + ", as the TaskType bean of this name says; it takes "
              + request
              + " and returns "
              + result,
          null);
    }
  }

  BeanCreationException misfit(String how, @Nullable Throwable cause) {
    String message =
        "the method "
            + method.getDeclaringClass().getSimpleName()
            + "."
            + method.getName()
            + ", which handles '"
            + name
            + "', does not fit: a method with @HandledBy "
            + how;
    return cause == null
        ? new BeanCreationException(message)
        : new BeanCreationException(message, cause);
  }
}
