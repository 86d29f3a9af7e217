package dev.handoff.server;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import dev.handoff.server.Halting.HaltPlan;
import org.springframework.beans.factory.config.BeanPostProcessor;

/// A server whose first attempts at a prompt stop where the notes say: "stop at 30" never goes on
/// from that percent; "die before the commit" and "die after the commit" end the process there, as
/// a kill does.
final class HaltingServer {
  private static final String TYPES = "prompt-generation.";

  private static volatile boolean diesAfter;

  private HaltingServer() {}

  public static void main(String[] options) {
    Halting.start(
        options,
        beans -> {
          beans.registerBean(
              "halting",
              BeanPostProcessor.class,
              () ->
                  new Halting(
                      type -> type.startsWith(TYPES),
                      (request, _) -> plan(String.valueOf(request))));
          beans.registerBean("dying", EngineListener.class, () -> HaltingServer::dieAfterTheCommit);
        });
  }

  private static HaltPlan plan(String notes) {
    diesAfter = notes.contains("die after the commit");
    return new HaltPlan(
        (method, percent) ->
            method.equals("progress") && notes.contains("stop at " + percent + "."),
        notes.contains("die before the commit"));
  }

  private static void dieAfterTheCommit(EngineEvent event) {
    if (diesAfter
        && event instanceof EngineEvent.AttemptEnded ended
        && ended.type().startsWith(TYPES)) {
      Runtime.getRuntime().halt(137);
    }
  }
}
