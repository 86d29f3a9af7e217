package dev.handoff.spring;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/// Refuses a second handler of a type, naming both beans, and a method that its bean's proxy does
/// not pass on, once all beans are made.
final class HandlerCheck implements SmartInitializingSingleton {
  private final ConfigurableListableBeanFactory beans;

  HandlerCheck(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void afterSingletonsInstantiated() {
    requireOwnEngine();
    Map<String, String> byType = new HashMap<>();
    beans
        .getBeansOfType(HandledType.class)
        .forEach((bean, handled) -> {
          String type = handled.type().name();
          String other = byType.putIfAbsent(type, bean);
          if (other != null) {
            throw new DuplicateHandlerException(type, described(other), described(bean));
          }
          if (handled.isHandled() && handled.handler() instanceof HandlerMethod method) {
            method.requireReachable(beans);
          }
        });
  }

  // An engine asks its own context for its types.
  private void requireOwnEngine() {
    String[] handlers = beans.getBeanNamesForType(HandledType.class, true, false);
    if (handlers.length > 0
        && beans.getBeanNamesForType(Handoff.class, true, false).length == 0
        && beans.getParentBeanFactory() != null
        && beans.getParentBeanFactory().getBeanProvider(Handoff.class).getIfAvailable() != null) {
      throw new IllegalStateException(
          "the bean "
              + described(handlers[0])
              + " handles tasks, but the engine is in the parent context and does not see it: declare"
              + " it there, or give this context an engine of its own");
    }
  }

  private String described(String bean) {
    String place =
        beans.containsBeanDefinition(bean)
            ? beans.getBeanDefinition(bean).getResourceDescription()
            : null;
    return "'" + bean + "'" + (place == null ? "" : " (" + place + ")");
  }
}
