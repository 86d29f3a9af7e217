package dev.handoff.server;

import dev.handoff.HandledType;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.jdbc.SqlEffect;
import dev.handoff.store.Effect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A server whose first attempts at a video stop where its name says: "stop after look" never goes
/// on from the step of that name; "die before the commit" ends the process there, as a kill does.
final class HaltingVideos {
  private HaltingVideos() {}

  public static void main(String[] options) {
    SpringApplication application = new SpringApplication(HandoffServer.class);
    application.addInitializers(context -> {
      GenericApplicationContext beans = (GenericApplicationContext) context;
      beans.registerBean("halting", BeanPostProcessor.class, () -> new Halting(beans));
    });
    application.run(options);
  }

  private record Halting(GenericApplicationContext beans) implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof HandledType<?, ?> handled
              && handled.type().name().equals("process-video")
          ? around(handled)
          : bean;
    }

    private <Q, R> HandledType<Q, R> around(HandledType<Q, R> handled) {
      Handler<Q, R> handler =
          (request, context) -> {
            if (context.attempt() > 1) {
              return handled.handler().handle(request, context);
            }
            String name = nameOf(context);
            Outcome<R> outcome = handled.handler().handle(request, stopping(context, name));
            return name.equals("die before the commit") ? dying(outcome) : outcome;
          };
      return handled.type().handledBy(handler);
    }

    private String nameOf(TaskContext context) {
      String module = context.submission().subjectKey().orElseThrow().split(":", 3)[1];
      return beans
          .getBean(JdbcClient.class)
          .sql("select title from training_module where id = :id")
          .param("id", module)
          .query(String.class)
          .single();
    }

    private static <R> Outcome<R> dying(Outcome<R> outcome) {
      Outcome.Done<R> done = (Outcome.Done<R>) outcome;
      List<Effect> effects = new ArrayList<>(done.effects());
      SqlEffect last = _ -> Runtime.getRuntime().halt(137);
      effects.add(last);
      return new Outcome.Done<>(done.result(), effects);
    }

    private static TaskContext stopping(TaskContext context, String name) {
      return (TaskContext)
          Proxy.newProxyInstance(
              HaltingVideos.class.getClassLoader(),
              new Class<?>[] {TaskContext.class},
              (_, method, arguments) -> {
                Object result;
                try {
                  result = method.invoke(context, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause() == null ? e : e.getCause();
                }
                if (method.getName().equals("step") && name.equals("stop after " + arguments[0])) {
                  LoggerFactory.getLogger(HaltingVideos.class)
                      .info("stopped after {}", arguments[0]);
                  new CountDownLatch(1).await();
                }
                return result;
              });
    }
  }
}
