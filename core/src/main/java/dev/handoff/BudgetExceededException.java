package dev.handoff;

/// An account has fewer units than a task needs. Add some, or ask for less; waiting helps only
/// while other tasks hold units.
public final class BudgetExceededException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final long asked;
  private final long available;

  /// Creates the exception for this account; both counts are in its units.
  public BudgetExceededException(String account, long asked, long available) {
    super("account " + account + " has " + available + " units available, asked for " + asked);
    this.asked = asked;
    this.available = available;
  }

  /// How many units were asked for.
  public long asked() {
    return asked;
  }

  /// How many could have been had.
  public long available() {
    return available;
  }
}
