package dev.handoff.systems.promptgeneration.web;

import dev.handoff.Budgets.Balance;
import dev.handoff.Failure;
import dev.handoff.Handoff;
import dev.handoff.systems.promptgeneration.Businesses;
import dev.handoff.systems.promptgeneration.Businesses.Business;
import dev.handoff.systems.promptgeneration.Denial;
import dev.handoff.systems.promptgeneration.Plans;
import dev.handoff.systems.promptgeneration.PromptCosts;
import dev.handoff.systems.promptgeneration.Subscription;
import dev.handoff.systems.promptgeneration.Subscriptions;
import dev.handoff.systems.promptgeneration.web.PromptViews.Denied;
import dev.handoff.systems.promptgeneration.web.PromptViews.Overview;
import dev.handoff.systems.promptgeneration.web.PromptViews.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an owner has left. Safe for use by many threads.
record PromptOverview(
    Subscriptions subscriptions,
    Plans plans,
    Businesses businesses,
    Handoff handoff,
    PromptCosts costs,
    Page page) {
  private Balance balance(Optional<Subscription> subscription) {
    return subscription
        .flatMap(found -> handoff.budgets().balance(found.account()))
        .orElse(new Balance(0, 0));
  }

  private @Nullable Long daysRemaining(Optional<Subscription> subscription) {
    return subscription.isEmpty()
        ? null
        : subscription.get().daysRemainingAt(handoff.clock().instant());
  }

  Overview of(String user) {
    Optional<Subscription> subscription = subscriptions.of(user);
    Balance balance = balance(subscription);
    String type = businesses.of(user).map(Business::type).orElse("");
    return new Overview(
        balance.units(),
        balance.reserved(),
        costs.requiredTokens(),
        daysRemaining(subscription),
        subscription.map(Subscription::status).orElse(null),
        subscription.map(Subscription::active).orElse(false),
        type.isEmpty() ? null : type,
        subscription
            .map(Subscription::planId)
            .flatMap(plans::find)
            .map(PromptViews.PlanView::of)
            .orElse(null),
        page);
  }

  /// For who waited on the line, with what is left now.
  Denied denied(Failure failure, Denial denial, String user) {
    Optional<Subscription> subscription = subscriptions.of(user);
    return new Denied(
        false,
        failure.message(),
        failure.message(),
        denial.code(),
        balance(subscription).units(),
        daysRemaining(subscription));
  }
}
