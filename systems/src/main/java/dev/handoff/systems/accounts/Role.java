package dev.handoff.systems.accounts;

/// What a person is, with its weight: a heavier role may do more.
public enum Role {
  /// A pupil or another person who learns.
  USER(1, "User"),
  /// A teacher or trainer, who has pupils.
  INSTRUCTOR(5, "Instructor"),
  /// An operator, who sees all accounts.
  ADMIN(10, "Admin");

  private final int weight;
  private final String word;

  Role(int weight, String word) {
    this.weight = weight;
    this.word = word;
  }

  public int weight() {
    return weight;
  }

  public String word() {
    return word;
  }

  static Role ofWeight(int weight) {
    for (Role role : values()) {
      if (role.weight == weight) {
        return role;
      }
    }
    throw new IllegalArgumentException("no role has the weight " + weight);
  }
}
