package dev.handoff.server;

import dev.handoff.TaskContext;
import dev.handoff.server.Halting.HaltPlan;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A server whose first attempts at a video stop where its name says: "stop after look" never goes
/// on from the step of that name; "die before the commit" ends the process there, as a kill does.
final class HaltingVideos {
  private HaltingVideos() {}

  public static void main(String[] options) {
    Halting.start(
        options,
        beans ->
            beans.registerBean(
                "halting",
                BeanPostProcessor.class,
                () ->
                    new Halting(
                        "process-video"::equals, (_, context) -> plan(nameOf(context, beans)))));
  }

  private static HaltPlan plan(String name) {
    return new HaltPlan(
        (method, step) -> method.equals("step") && name.equals("stop after " + step),
        name.equals("die before the commit"));
  }

  private static String nameOf(TaskContext context, GenericApplicationContext beans) {
    String module = context.submission().subjectKey().orElseThrow().split(":", 3)[1];
    return beans
        .getBean(JdbcClient.class)
        .sql("select title from training_module where id = :id")
        .param("id", module)
        .query(String.class)
        .single();
  }
}
