package dev.handoff.spring;

import dev.handoff.HandledType;
import java.lang.reflect.Method;
import java.util.Map;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/// Registers a [HandledType] bean for each method with [HandledBy], so that whatever looks for the
/// application's types finds it. Makes no bean early: it looks at their classes only. The
/// definitions consist of names and classes, so that Spring can write them as code ahead of time.
final class HandledMethods implements BeanFactoryPostProcessor {
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (!(beans instanceof BeanDefinitionRegistry registry)) {
      return;
    }
    for (String bean : beans.getBeanDefinitionNames()) {
      Class<?> type = ScopedProxyUtils.isScopedTarget(bean) ? null : beans.getType(bean, false);
      if (type != null && AnnotationUtils.isCandidateClass(type, HandledBy.class)) {
        of(type).forEach((method, by) -> register(registry, bean, type, method));
      }
    }
  }

  private static void register(
      BeanDefinitionRegistry registry, String bean, Class<?> type, Method method) {
    String signature = HandlerMethod.signature(method);
    String name = bean + "." + signature + "@HandledBy";
    if (registry.containsBeanDefinition(name)) {
      // Written ahead of time.
      return;
    }
    RootBeanDefinition definition = new RootBeanDefinition(HandlerMethod.class);
    definition.setFactoryMethodName("handledType");
    definition.setTargetType(HandledType.class);
    definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
    ConstructorArgumentValues arguments = definition.getConstructorArgumentValues();
    arguments.addIndexedArgumentValue(1, bean);
    arguments.addIndexedArgumentValue(2, type);
    arguments.addIndexedArgumentValue(3, signature);
    definition.setResourceDescription("@HandledBy method of the bean '" + bean + "'");
    registry.registerBeanDefinition(name, definition);
  }

  /// Returns the methods of a class that handle tasks.
  static Map<Method, HandledBy> of(Class<?> type) {
    return MethodIntrospector.selectMethods(
        type,
        (MethodIntrospector.MetadataLookup<HandledBy>)
            method -> AnnotatedElementUtils.findMergedAnnotation(method, HandledBy.class));
  }
}
