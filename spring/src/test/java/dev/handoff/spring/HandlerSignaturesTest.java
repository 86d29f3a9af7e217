package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Handoff;
import dev.handoff.NoResult;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import dev.handoff.TypeRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/// Which methods are handlers, of which types, and on which bean they are called.
final class HandlerSignaturesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {}

  record Line(int amount) {}

  record LineTotal(int total) {}

  private ApplicationContextRunner with(Class<?> configuration) {
    return new ApplicationContextRunner()
        .withUserConfiguration(Application.class, configuration)
        .withPropertyValues("handoff.data-dir=" + folder);
  }

  private static <Q, R> R run(ApplicationContext context, TaskType<Q, R> type, Q request)
      throws Exception {
    Handoff handoff = context.getBean(Handoff.class);
    return handoff
        .result(type, handoff.submit(type, request, Submission.by("u")), PATIENCE)
        .orElseThrow();
  }

  static class Adder {
    @HandledBy("add")
    LineTotal add(List<Line> lines) {
      return new LineTotal(lines.stream().mapToInt(Line::amount).sum());
    }

    @HandledBy("by-name")
    Outcome<Map<String, LineTotal>> byName(Map<String, List<Line>> named, TaskContext task) {
      Map<String, LineTotal> sums = new ConcurrentHashMap<>();
      named.forEach((name, lines) -> sums.put(name, add(lines)));
      return Outcome.done(sums);
    }
  }

  @Test
  void theTypeArgumentsOfAMethodAreThoseOfItsType() {
    with(Adder.class)
        .run(context -> {
          var add = TaskType.of("add", new TypeRef<List<Line>>() {}, TypeRef.of(LineTotal.class));
          assertThat(run(context, add, List.of(new Line(2), new Line(3))))
              .isEqualTo(new LineTotal(5));
          var byName =
              TaskType.of(
                  "by-name",
                  new TypeRef<Map<String, List<Line>>>() {},
                  new TypeRef<Map<String, LineTotal>>() {});
          assertThat(run(context, byName, Map.of("a", List.of(new Line(7)))))
              .containsExactly(Map.entry("a", new LineTotal(7)));
        });
  }

  abstract static class InheritedHandler<Q, R> {
    @HandledBy("inherited")
    R handle(Q request) {
      return answer(request);
    }

    abstract R answer(Q request);
  }

  static class Counting extends InheritedHandler<Set<Line>, LineTotal> {
    @Override
    LineTotal answer(Set<Line> lines) {
      return new LineTotal(lines.iterator().next().amount());
    }
  }

  static class OpenHandler<Q> extends InheritedHandler<Q, LineTotal> {
    @Override
    LineTotal answer(Q request) {
      return new LineTotal(0);
    }
  }

  @Test
  void anInheritedMethodHasTheTypesOfTheBeansClass() {
    with(Counting.class)
        .run(context -> {
          var type =
              TaskType.of("inherited", new TypeRef<Set<Line>>() {}, TypeRef.of(LineTotal.class));
          assertThat(run(context, type, Set.of(new Line(4)))).isEqualTo(new LineTotal(4));
        });
  }

  @Test
  void anOpenTypeVariableRefusesTheStart() {
    with(OpenHandler.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("InheritedHandler.handle")
                .hasStackTraceContaining("the bean's class gives them"));
  }

  @Configuration(proxyBeanMethods = false)
  static class OtherArguments {
    @Bean
    TaskType<List<String>, LineTotal> declared() {
      return TaskType.of("add", new TypeRef<List<String>>() {}, TypeRef.of(LineTotal.class));
    }

    @Bean
    Adder adder() {
      return new Adder();
    }
  }

  @Test
  void aDeclaredTypeWithOtherArgumentsRefusesTheStart() {
    with(OtherArguments.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("takes java.util.List<java.lang.String> and returns"));
  }

  static class Overloaded {
    @HandledBy("text")
    String say(String text) {
      return text;
    }

    @HandledBy("number")
    int say(int number) {
      return number + 1;
    }
  }

  @Test
  void overloadedMethodsHandleDifferentTypesAndPrimitivesAreTaken() {
    with(Overloaded.class)
        .run(context -> {
          assertThat(run(context, TaskType.of("text", String.class, String.class), "a"))
              .isEqualTo("a");
          assertThat(run(context, TaskType.of("number", Integer.class, Integer.class), 1))
              .isEqualTo(2);
        });
  }

  static class Silent {
    final AtomicInteger calls = new AtomicInteger();

    @HandledBy("silent")
    void silent(String text) {
      calls.incrementAndGet();
    }

    @HandledBy("silent-object")
    @Nullable Void silentObject(String text) {
      calls.incrementAndGet();
      return null;
    }
  }

  @Test
  void aMethodMayReturnNothing() {
    with(Silent.class)
        .run(context -> {
          for (String name : List.of("silent", "silent-object")) {
            assertThat(run(context, TaskType.of(name, String.class), "a"))
                .isEqualTo(NoResult.INSTANCE);
          }
          assertThat(context.getBean(Silent.class).calls).hasValue(2);
        });
  }

  interface Unrelated {
    void unrelated();
  }

  static class Hidden implements Unrelated {
    @Override
    public void unrelated() {}

    // Called by reflection only.
    @SuppressWarnings("UnusedMethod")
    @HandledBy("hidden")
    private String hidden(String text) {
      return text;
    }
  }

  static class Outside implements Unrelated {
    @Override
    public void unrelated() {}

    @HandledBy("outside")
    public String outside(String text) {
      return text;
    }
  }

  static class Last {
    @HandledBy("last")
    final String last(String text) {
      return text;
    }
  }

  private static <T> T proxied(T bean, boolean ofItsClass) {
    ProxyFactory factory = new ProxyFactory(bean);
    factory.setProxyTargetClass(ofItsClass);
    @SuppressWarnings("unchecked")
    T proxy = (T) factory.getProxy();
    return proxy;
  }

  @Test
  void aMethodThatTheBeansProxyDoesNotPassOnRefusesTheStart() {
    List<Supplier<ApplicationContextRunner>> applications = new ArrayList<>();
    applications.add(() -> with(Proxied.class).withBean("hidden", Hidden.class));
    applications.add(() -> with(Proxied.class).withBean("outside", Outside.class));
    applications.add(() -> with(Proxied.class).withBean("last", Last.class));
    for (Supplier<ApplicationContextRunner> application : applications) {
      application
          .get()
          .run(context ->
              assertThat(context)
                  .getFailure()
                  .hasStackTraceContaining("is called through the bean's proxy"));
    }
  }

  /// Proxies its beans as an aspect would: of their class, or of their interfaces.
  @Configuration(proxyBeanMethods = false)
  static class Proxied {
    @Bean
    static org.springframework.beans.factory.config.BeanPostProcessor proxies() {
      return new org.springframework.beans.factory.config.BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return switch (bean) {
            case Outside outside -> proxied((Unrelated) outside, false);
            case Hidden hidden -> proxied(hidden, true);
            case Last last -> proxied(last, true);
            default -> bean;
          };
        }
      };
    }
  }

  static class Counter {
    final AtomicInteger calls = new AtomicInteger();

    @HandledBy("count")
    Integer count(String text) {
      return calls.incrementAndGet();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Prototype {
    @Bean
    @Scope("prototype")
    Counter counter() {
      return new Counter();
    }
  }

  @Test
  void aPrototypeBeanIsMadeForEachAttempt() {
    with(Prototype.class)
        .run(context -> {
          TaskType<String, Integer> type = TaskType.of("count", String.class, Integer.class);
          assertThat(run(context, type, "a")).isEqualTo(1);
          assertThat(run(context, type, "b")).isEqualTo(1);
        });
  }
}
