package dev.handoff.spring;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/// Tells a native image of the requests and results of the application's task types, as far as its
/// beans declare them, and of its methods with [HandledBy]. Named in `aot.factories`.
final class HandledTypesAot implements BeanFactoryInitializationAotProcessor {
  @Override
  public BeanFactoryInitializationAotContribution processAheadOfTime(
      ConfigurableListableBeanFactory beans) {
    List<Type> payloads = new ArrayList<>();
    List<Method> methods = new ArrayList<>();
    for (String name : beans.getBeanDefinitionNames()) {
      ResolvableType bean = beans.getMergedBeanDefinition(name).getResolvableType();
      add(bean.as(HandledType.class), payloads);
      add(bean.as(TaskType.class), payloads);
      methods.addAll(HandledMethods.of(bean.toClass()).keySet());
    }
    for (Method method : methods) {
      payloads.add(method.getGenericParameterTypes()[0]);
      payloads.add(method.getGenericReturnType());
    }
    return (generation, ignoredCode) -> {
      var reflection = generation.getRuntimeHints().reflection();
      new BindingReflectionHintsRegistrar()
          .registerReflectionHints(reflection, payloads.toArray(Type[]::new));
      methods.forEach(method -> reflection.registerMethod(method, ExecutableMode.INVOKE));
    };
  }

  private static void add(ResolvableType type, List<Type> payloads) {
    for (ResolvableType generic : type.getGenerics()) {
      if (generic.resolve() != null) {
        payloads.add(generic.getType());
      }
    }
  }
}
