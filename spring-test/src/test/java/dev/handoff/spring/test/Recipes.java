package dev.handoff.spring.test;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.EndListener;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Limits;
import dev.handoff.Outcome;
import dev.handoff.PayloadCodec;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Settlement;
import dev.handoff.Sharing;
import dev.handoff.SoftLimitException;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskContext;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.jdbc.JacksonPayloadCodec;
import dev.handoff.spring.TaskEnded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.json.JsonMapper;

/// The code of `docs/recipes.md`.
@Configuration(proxyBeanMethods = false)
class Recipes {
  static final TaskType<String, String> ANSWER =
      TaskType.of("answer", String.class, String.class)
          .withPolicy(
              Policy.DEFAULTS
                  .withLimits(Limits.hard(Duration.ofSeconds(90)).withSoft(Duration.ofSeconds(60)))
                  .withRetry(RetryPolicy.exponential(Duration.ofSeconds(2)).upTo(4))
                  .withConcurrency(20));

  static final TaskType<String, String> TRANSLATE =
      TaskType.of("translate", String.class, String.class);

  static final TaskType<String, Double> WEATHER =
      TaskType.of("weather", String.class, Double.class)
          .withPolicy(
              Policy.DEFAULTS.withSharing(
                  Sharing.joining().caching(Duration.ofMinutes(10), Sharing.Scope.EVERYONE)));

  static final TaskType<Amount, String> OFFER = TaskType.of("offer", Amount.class, String.class);

  /// A class of somebody else's library, without annotations.
  static final class Amount {
    private final long cents;

    Amount(long cents) {
      this.cents = cents;
    }

    long cents() {
      return cents;
    }
  }

  abstract static class AmountJson {
    AmountJson(@JsonProperty("cents") long ignoredCents) {}

    @JsonProperty("cents")
    abstract long cents();
  }

  /// Stands for whatever takes long.
  interface SlowModel {
    String ask(String question) throws Exception;
  }

  @Bean
  SlowModel slowModel() {
    return question -> "about " + question;
  }

  @Bean
  HandledType<String, String> answers(SlowModel model) {
    return ANSWER.handledBy((question, task) -> answer(question, task, model));
  }

  private static Outcome<String> answer(String question, TaskContext task, SlowModel model)
      throws Exception {
    try {
      String answer =
          task.beforeSoftLimit(
              () -> task.step("ask the model", String.class, () -> model.ask(question)));
      return Outcome.done(answer);
    } catch (SoftLimitException late) {
      task.resetOutput(); // what was streamed so far is taken back
      return Outcome.uncached("This takes longer than usual. Please ask again later.");
    }
  }

  @Bean
  HandledType<String, String> translations(SlowModel model) {
    return TRANSLATE.handledBy((text, task) -> {
      String customer = task.submission().owner();
      task.reserve(customer, 500); // held for as long as the task is open
      String dutch = task.step("translate", String.class, () -> model.ask(text));
      return Outcome.done(dutch, new Settlement(customer, dutch.length(), "a translation"));
    });
  }

  @Bean
  HandledType<String, Double> weather() {
    return WEATHER.answeredBy((town, task) -> town.length() * 1.5);
  }

  @Bean
  HandledType<Amount, String> offers() {
    return OFFER.answeredBy((price, task) -> price.cents() + " cents");
  }

  @Bean
  PayloadCodec payloads(JsonMapper mapper) {
    return new JacksonPayloadCodec(
        mapper.rebuild().addMixIn(Amount.class, AmountJson.class).build());
  }

  /// Who submits.
  record SchoolDoor(Handoff handoff) {
    TaskId ask(String school, String pupil, String question) {
      return handoff.submit(
          ANSWER, question, Submission.by(pupil).inTenant(school).about("lesson-7"));
    }

    void pay(String customer, String order) {
      handoff.budgets().add(customer, 10_000, order); // once for each order
    }
  }

  @Bean
  SchoolDoor school(Handoff handoff) {
    return new SchoolDoor(handoff);
  }

  /// Hears of every end of an answer, also of those that ended while no process was there.
  record Bell(List<String> heard) implements EndListener {
    @Override
    public boolean wants(String type, Submission submission) {
      return type.equals("answer");
    }

    @Override
    public void onEnd(Task task) {
      heard.add("answered " + task.submission().owner()); // at least once for each task
    }
  }

  @Bean
  Bell bell() {
    return new Bell(new CopyOnWriteArrayList<>());
  }

  /// The same as an application event of Spring.
  static class Diary {
    private final List<TaskId> ended = new CopyOnWriteArrayList<>();

    @EventListener
    void on(TaskEnded event) {
      ended.add(event.task().id());
    }

    List<TaskId> ended() {
      return ended;
    }
  }

  @Bean
  Diary diary() {
    return new Diary();
  }

  /// What a node has that only submits: the type, and no handler.
  static class Producer {
    @Bean
    TaskType<String, String> reports() {
      return TaskType.of("report", String.class, String.class);
    }
  }
}
