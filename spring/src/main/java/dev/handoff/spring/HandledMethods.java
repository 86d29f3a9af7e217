package dev.handoff.spring;

import dev.handoff.HandledType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/// Registers a [HandledType] bean for each method with [HandledBy], so that whatever looks for the
/// application's types finds it. Makes no bean early: it looks at their classes only.
final class HandledMethods implements BeanFactoryPostProcessor {
  /// How the names of these beans end.
  static final String SUFFIX = "@HandledBy";

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (!(beans instanceof BeanDefinitionRegistry registry)) {
      return;
    }
    for (String name : beans.getBeanDefinitionNames()) {
      Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : beans.getType(name, false);
      if (type != null && AnnotationUtils.isCandidateClass(type, HandledBy.class)) {
        methods(type)
            .forEach((method, by) ->
                registry.registerBeanDefinition(
                    name + "." + method.getName() + SUFFIX,
                    definition(
                        by,
                        () ->
                            HandlerMethod.of(method, () -> beans.getBean(name))
                                .handledType(by.value(), beans))));
      }
    }
  }

  static Map<Method, HandledBy> methods(Class<?> type) {
    return MethodIntrospector.selectMethods(
        type,
        (MethodIntrospector.MetadataLookup<HandledBy>)
            method -> AnnotatedElementUtils.findMergedAnnotation(method, HandledBy.class));
  }

  private static RootBeanDefinition definition(HandledBy by, Supplier<HandledType<?, ?>> made) {
    RootBeanDefinition definition = new RootBeanDefinition();
    definition.setTargetType(HandledType.class);
    definition.setInstanceSupplier(made);
    definition.setResourceDescription("@HandledBy(\"" + by.value() + "\")");
    return definition;
  }
}
