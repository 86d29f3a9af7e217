package dev.handoff.systems.promptgeneration;

import dev.handoff.Budgets;
import dev.handoff.Handoff;
import dev.handoff.systems.accounts.AccountStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the owners among the demo accounts have bought.
final class DemoSubscriptions {
  private static final Duration MONTH = Duration.ofDays(30);

  private static final Plan MONTHLY =
      Plan.ofDays("demo-monthly", "Monthly", 100_000, (int) MONTH.toDays());
  private static final Plan TOKENS = Plan.ofTokens("demo-tokens", "Token pack", 5_000);

  private static final List<Bought> ALL =
      List.of(
          new Bought("owner@demo.test", MONTHLY, 100_000, DemoState.RUNNING, " Restaurant "),
          new Bought("low@demo.test", MONTHLY, 699, DemoState.RUNNING, "Hair salon"),
          new Bought("exact@demo.test", MONTHLY, 700, DemoState.RUNNING, null),
          new Bought("zero@demo.test", MONTHLY, 0, DemoState.RUNNING, null),
          new Bought("expired@demo.test", TOKENS, 5_000, DemoState.OVER, "Restaurant"),
          new Bought("deactivated@demo.test", TOKENS, 5_000, DemoState.SWITCHED_OFF, "Restaurant"));

  private enum DemoState {
    RUNNING,
    OVER,
    SWITCHED_OFF
  }

  private record Bought(
      String username, Plan plan, long tokens, DemoState standing, @Nullable String businessType) {}

  private final AccountStore accounts;
  private final Subscriptions subscriptions;
  private final Plans plans;
  private final Businesses businesses;
  private final Budgets budgets;
  private final Instant now;

  DemoSubscriptions(
      AccountStore accounts,
      Subscriptions subscriptions,
      Plans plans,
      Businesses businesses,
      Handoff handoff) {
    this.accounts = accounts;
    this.subscriptions = subscriptions;
    this.plans = plans;
    this.businesses = businesses;
    this.budgets = handoff.budgets();
    this.now = handoff.clock().instant();
  }

  void add() {
    plans.add(MONTHLY);
    plans.add(TOKENS);
    for (Bought bought : ALL) {
      accounts
          .findByName(bought.username())
          .ifPresent(account -> add(bought, account.id().toString()));
    }
  }

  private void add(Bought bought, String user) {
    boolean over = bought.standing() == DemoState.OVER;
    Subscription subscription =
        new Subscription(
            "demo-" + bought.username(),
            user,
            now.minus(over ? MONTH.multipliedBy(2) : MONTH),
            over ? now.minus(MONTH) : now.plus(MONTH),
            bought.standing() != DemoState.SWITCHED_OFF,
            bought.standing() == DemoState.RUNNING ? "active" : "canceled",
            bought.plan().id());
    subscriptions.add(subscription);
    if (bought.tokens() > 0) {
      var _ = budgets.add(subscription.account(), bought.tokens(), "demo");
    }
    String type = bought.businessType();
    if (type != null) {
      businesses.add(user, type);
    }
  }
}
