package dev.handoff.spring;

import dev.handoff.HandledType;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/// A bean's method as a handler.
final class HandlerMethod implements Handler<Object, Object> {
  private final Method method;
  private final Supplier<Target> target;

  /// The bean, and the method to call on it, which is its proxy's if it has one.
  private record Target(Object bean, Method invocable) {
    static Target of(Object bean, Method method) {
      Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
      ReflectionUtils.makeAccessible(invocable);
      return new Target(bean, invocable);
    }
  }

  private HandlerMethod(Method method, Supplier<Object> bean) {
    this.method = method;
    this.target = SingletonSupplier.of(() -> Target.of(bean.get(), method));
  }

  static HandlerMethod of(Method method, Supplier<Object> bean) {
    return new HandlerMethod(method, bean);
  }

  HandledType<?, ?> handledType(String name, ListableBeanFactory beans) {
    Class<?>[] parameters = method.getParameterTypes();
    boolean fits =
        parameters.length == 1 || (parameters.length == 2 && parameters[1] == TaskContext.class);
    Class<?> result = resultType();
    if (!fits || result == void.class || result == Void.class) {
      throw misfit(
          name, "takes the request, then a TaskContext or nothing, and returns the result");
    }
    Class<?> request = ResolvableType.forMethodParameter(method, 0).toClass();
    Optional<TaskType<?, ?>> declared = declared(name, beans);
    if (declared.isPresent() && !takes(declared.get(), request, result)) {
      throw misfit(
          name,
          "takes "
              + declared.get().requestType().getName()
              + " and returns "
              + declared.get().resultType().getName()
              + ", as the TaskType bean of this name says");
    }
    return handled(declared.orElseGet(() -> TaskType.of(name, request, result)));
  }

  private static boolean takes(TaskType<?, ?> type, Class<?> request, Class<?> result) {
    return request.isAssignableFrom(type.requestType())
        && type.resultType().isAssignableFrom(result);
  }

  private Class<?> resultType() {
    ResolvableType returned = ResolvableType.forMethodReturnType(method);
    return returned.toClass() == Outcome.class
        ? returned.getGeneric(0).toClass()
        : returned.toClass();
  }

  private static Optional<TaskType<?, ?>> declared(String name, ListableBeanFactory beans) {
    return beans.<TaskType<?, ?>>getBeanProvider(ResolvableType.forClass(TaskType.class)).stream()
        .filter(type -> type.name().equals(name))
        .findFirst();
  }

  // The method's own classes were compared with those of the type.
  @SuppressWarnings("unchecked")
  private HandledType<?, ?> handled(TaskType<?, ?> type) {
    return ((TaskType<Object, Object>) type).handledBy(this);
  }

  private BeanCreationException misfit(String name, String how) {
    return new BeanCreationException(
        "the method "
            + method.getDeclaringClass().getSimpleName()
            + "."
            + method.getName()
            + ", which handles '"
            + name
            + "', does not fit: a method with @HandledBy "
            + how);
  }

  @Override
  public Outcome<Object> handle(Object request, TaskContext context) throws Exception {
    Target called = target.get();
    Object[] arguments =
        method.getParameterCount() == 1 ? new Object[] {request} : new Object[] {request, context};
    try {
      return outcome(called.invocable().invoke(called.bean(), arguments));
    } catch (InvocationTargetException thrown) {
      switch (thrown.getTargetException()) {
        case Exception e -> throw e;
        case Error e -> throw e;
        default -> throw thrown;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private Outcome<Object> outcome(@Nullable Object returned) {
    if (returned == null) {
      throw new NullPointerException("the method " + method.getName() + " returned null");
    }
    return returned instanceof Outcome<?> outcome
        ? (Outcome<Object>) outcome
        : Outcome.done(returned);
  }
}
