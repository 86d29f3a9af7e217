package dev.handoff.server;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
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
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/// A server whose first attempts at a prompt stop where the notes say: "stop at 30" never goes on
/// from that percent; "die before the commit" and "die after the commit" end the process there, as
/// a kill does.
final class HaltingServer {
  private HaltingServer() {}

  public static void main(String[] options) {
    SpringApplication application = new SpringApplication(HandoffServer.class);
    application.addInitializers(context -> {
      GenericApplicationContext beans = (GenericApplicationContext) context;
      beans.registerBean("halting", BeanPostProcessor.class, Halting::new);
      beans.registerBean("dying", EngineListener.class, () -> HaltingServer::dieAfterTheCommit);
    });
    application.run(options);
  }

  private static volatile boolean diesAfter;

  private static void dieAfterTheCommit(EngineEvent event) {
    if (diesAfter
        && event instanceof EngineEvent.AttemptEnded ended
        && ended.type().startsWith("prompt-generation.")) {
      Runtime.getRuntime().halt(137);
    }
  }

  private static final class Halting implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof HandledType<?, ?> handled
              && handled.type().name().startsWith("prompt-generation.")
          ? around(handled)
          : bean;
    }

    private static <Q, R> HandledType<Q, R> around(HandledType<Q, R> handled) {
      Handler<Q, R> handler =
          (request, context) -> {
            String notes = String.valueOf(request);
            if (context.attempt() > 1) {
              return handled.handler().handle(request, context);
            }
            diesAfter = notes.contains("die after the commit");
            Outcome<R> outcome = handled.handler().handle(request, stopping(context, notes));
            return notes.contains("die before the commit") ? dying(outcome) : outcome;
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

    private static TaskContext stopping(TaskContext context, String notes) {
      return (TaskContext)
          Proxy.newProxyInstance(
              HaltingServer.class.getClassLoader(),
              new Class<?>[] {TaskContext.class},
              (_, method, arguments) -> {
                Object result;
                try {
                  result = method.invoke(context, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause() == null ? e : e.getCause();
                }
                if (method.getName().equals("progress")
                    && notes.contains("stop at " + arguments[0] + ".")) {
                  new CountDownLatch(1).await();
                }
                return result;
              });
    }
  }
}
