package dev.handoff.systems.promptgeneration;

import dev.handoff.AttemptException;
import dev.handoff.BudgetExceededException;
import dev.handoff.Budgets;
import dev.handoff.Budgets.Balance;
import dev.handoff.TaskContext;
import dev.handoff.TimeSource;

/// Whether an owner may have a prompt generated now: the checks in their order, the last of which
/// holds the tokens, so that two tasks never pass on the same ones. Safe for use by many threads.
record AccessCheck(Subscriptions subscriptions, PromptCosts costs, TimeSource clock) {
  /// Lets the task pass with its tokens held, or says why not.
  ///
  /// @return the account to settle with
  /// @throws AttemptException with a [Denial]'s words
  String pass(TaskContext context, Budgets budgets) {
    Subscription subscription =
        subscriptions
            .of(context.submission().owner())
            .orElseThrow(Denial.NO_SUBSCRIPTION::asFailure);
    if (!subscription.active()) {
      throw Denial.SUBSCRIPTION_DEACTIVATED.asFailure();
    }
    if (subscription.isOverAt(clock.instant())) {
      throw Denial.SUBSCRIPTION_EXPIRED.asFailure();
    }
    String account = subscription.account();
    if (budgets.balance(account).map(Balance::units).orElse(0L) <= 0) {
      throw Denial.NO_TOKENS_REMAINING.asFailure();
    }
    try {
      context.reserve(account, costs.requiredTokens());
    } catch (BudgetExceededException exceeded) {
      throw Denial.insufficient(costs.requiredTokens(), exceeded.available());
    }
    return account;
  }
}
