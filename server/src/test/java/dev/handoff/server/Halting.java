package dev.handoff.server;

import dev.handoff.Effect;
import dev.handoff.HandledType;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.jdbc.SqlEffect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/// Makes first attempts at tasks of some types stop or end their process where a plan says; later
/// attempts are left alone.
///
/// @param types the names of the types
record Halting(Predicate<String> types, Planner planner) implements BeanPostProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(Halting.class);

  /// What becomes of an attempt.
  ///
  /// @param stops whether it never goes on from this method of its context, called with this first
  ///   argument
  /// @param dies whether the process ends in the attempt's last commit, as a kill does
  record HaltPlan(BiPredicate<String, Object> stops, boolean dies) {}

  /// Makes the plan of an attempt at this request.
  interface Planner {
    HaltPlan of(Object request, TaskContext context);
  }

  /// Starts a server with these options and more beans.
  static void start(String[] options, Consumer<GenericApplicationContext> more) {
    SpringApplication application = new SpringApplication(HandoffServer.class);
    application.addInitializers(context -> more.accept((GenericApplicationContext) context));
    application.run(options);
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof HandledType<?, ?> handled && types.test(handled.type().name())
        ? around(handled)
        : bean;
  }

  private <Q, R> HandledType<Q, R> around(HandledType<Q, R> handled) {
    Handler<Q, R> handler =
        (request, context) -> {
          if (context.attempt() > 1) {
            return handled.handler().handle(request, context);
          }
          HaltPlan plan = planner.of(request, context);
          Outcome<R> outcome = handled.handler().handle(request, stopping(context, plan));
          return plan.dies() ? dying(outcome) : outcome;
        };
    return handled.type().handledBy(handler);
  }

  private static <R> Outcome<R> dying(Outcome<R> outcome) {
    Outcome.Done<R> done = (Outcome.Done<R>) outcome;
    List<Effect> effects = new ArrayList<>(done.effects());
    SqlEffect last = _ -> Runtime.getRuntime().halt(137);
    effects.add(last);
    return new Outcome.Done<>(done.result(), effects);
  }

  private static TaskContext stopping(TaskContext context, HaltPlan plan) {
    return (TaskContext)
        Proxy.newProxyInstance(
            Halting.class.getClassLoader(),
            new Class<?>[] {TaskContext.class},
            (_, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(context, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
              if (arguments != null && plan.stops().test(method.getName(), arguments[0])) {
                LOG.info("stopped after {} {}", method.getName(), arguments[0]);
                new CountDownLatch(1).await();
              }
              return result;
            });
  }
}
