package dev.handoff.spring;

import dev.handoff.HandledType;
import dev.handoff.Handler;
import dev.handoff.NoResult;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/// A bean's method as a handler. A bean that is no singleton is asked for anew for each attempt.
final class HandlerMethod implements Handler<Object, Object> {
  private final Method method;
  private final HandlerSignature signature;
  private final Supplier<Target> target;

  /// The bean, and the method to call on it, which is its proxy's if it has one.
  private record Target(Object bean, Method invocable) {
    static Target of(Object bean, Method method) {
      Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
      if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(invocable.getModifiers())) {
        throw new IllegalStateException(
            "the bean is a proxy, and a final method of it does not reach its target");
      }
      ReflectionUtils.makeAccessible(invocable);
      return new Target(bean, invocable);
    }
  }

  private HandlerMethod(Method method, HandlerSignature signature, Supplier<Target> target) {
    this.method = method;
    this.signature = signature;
    this.target = target;
  }

  /// Returns the method's name with the types of its parameters.
  static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getName)
            .collect(Collectors.joining(",", "(", ")"));
  }

  /// Makes the type that a bean's method handles. Called by the bean definition.
  ///
  /// @param type the bean's class, without its proxy
  static HandledType<?, ?> handledType(
      ConfigurableListableBeanFactory beans, String bean, Class<?> type, String signature) {
    Map.Entry<Method, HandledBy> found =
        HandledMethods.of(type).entrySet().stream()
            .filter(each -> signature(each.getKey()).equals(signature))
            .findFirst()
            .orElseThrow();
    Method method = found.getKey();
    String name = found.getValue().value();
    Supplier<Target> made = () -> Target.of(beans.getBean(bean), method);
    HandlerSignature types = HandlerSignature.of(name, bean, method, type);
    Optional<TaskType<?, ?>> declared = declared(name, beans);
    declared.ifPresent(types::requireFits);
    return handled(
        declared.orElseGet(types::taskType),
        new HandlerMethod(
            method, types, beans.isSingleton(bean) ? SingletonSupplier.of(made) : made));
  }

  private static Optional<TaskType<?, ?>> declared(String name, ListableBeanFactory beans) {
    return beans.<TaskType<?, ?>>getBeanProvider(ResolvableType.forClass(TaskType.class)).stream()
        .filter(type -> type.name().equals(name))
        .findFirst();
  }

  // The method's own types were compared with those of the type.
  @SuppressWarnings("unchecked")
  private static HandledType<?, ?> handled(TaskType<?, ?> type, HandlerMethod handler) {
    return ((TaskType<Object, Object>) type).handledBy(handler);
  }

  /// Makes sure that a bean that exists by now can be called.
  ///
  /// @throws BeanCreationException when the method does not reach it through its proxy
  void requireReachable(ConfigurableListableBeanFactory beans) {
    if (!beans.containsSingleton(signature.bean())) {
      return;
    }
    try {
      var ignored = target.get();
    } catch (IllegalStateException unreachable) {
      throw signature.misfit(
          "is called through the bean's proxy: it is neither private nor final, and where the proxy"
              + " is of the bean's interfaces, one of them has it",
          unreachable);
    }
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
    if (returned instanceof Outcome<?> outcome) {
      return (Outcome<Object>) outcome;
    }
    if (returned == null && signature.givesNothing()) {
      return Outcome.done(NoResult.INSTANCE);
    }
    if (returned == null) {
      throw new NullPointerException("the method " + method.getName() + " returned null");
    }
    return Outcome.done(returned);
  }
}
