package dev.handoff.spring;

import dev.handoff.HandledType;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/// Refuses a second handler of a type, naming both beans, once all beans are made.
final class HandlerCheck implements SmartInitializingSingleton {
  private final ConfigurableListableBeanFactory beans;

  HandlerCheck(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Map<String, String> byType = new HashMap<>();
    beans
        .getBeansOfType(HandledType.class)
        .forEach((bean, handled) -> {
          String type = handled.type().name();
          String other = byType.putIfAbsent(type, bean);
          if (other != null) {
            throw new DuplicateHandlerException(type, described(other), described(bean));
          }
        });
  }

  private String described(String bean) {
    String place =
        beans.containsBeanDefinition(bean)
            ? beans.getBeanDefinition(bean).getResourceDescription()
            : null;
    return "'" + bean + "'" + (place == null ? "" : " (" + place + ")");
  }
}
