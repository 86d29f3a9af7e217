package dev.handoff.spring.test.shop;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.jdbc.SqlEffect;
import jakarta.persistence.EntityManagerFactory;
import java.util.Objects;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;

/// Sells things, and has a letter of thanks written for each.
@Configuration(proxyBeanMethods = false)
public class Letters {
  public static final TaskType<String, String> LETTER =
      TaskType.of("letter", String.class, String.class);

  @Bean
  Shop shop(Purchases purchases, Handoff handoff) {
    return new Shop(purchases, handoff);
  }

  /// Where things are sold.
  public static class Shop {
    private final Purchases purchases;
    private final Handoff handoff;

    Shop(Purchases purchases, Handoff handoff) {
      this.purchases = purchases;
      this.handoff = handoff;
    }

    @Transactional
    public TaskId sell(String id, String buyer) {
      purchases.saveAndFlush(new Purchase(id, buyer));
      TaskId letter = handoff.submit(LETTER, id, Submission.by(buyer).about(id));
      if (buyer.equals("nobody")) {
        throw new IllegalArgumentException("somebody has to pay"); // and no task exists
      }
      return letter;
    }
  }

  @Bean
  HandledType<String, String> letterHandler(Purchases purchases, EntityManagerFactory entities) {
    return LETTER.handledBy((id, task) -> {
      String buyer = Objects.requireNonNull(purchases.findById(id).orElseThrow().buyer());
      String letter = task.step("write", String.class, () -> "Thank you, " + buyer + "!");
      return Outcome.done(letter, save(id, letter, entities.unwrap(SessionFactory.class)));
    });
  }

  private static SqlEffect save(String id, String letter, SessionFactory sessions) {
    return connection -> {
      try (StatelessSession session = sessions.openStatelessSession(connection)) {
        Purchase purchase = session.get(Purchase.class, id);
        purchase.write(letter);
        session.update(purchase); // committed together with the end of the task
      }
    };
  }
}
