package dev.handoff.systems.accounts;

/// What a person is, with its weight: a heavier role may do more.
public enum Role {
  /// Learns.
  USER(1, "User"),
  /// Teaches.
  INSTRUCTOR(5, "Instructor"),
  /// Operates.
  ADMIN(10, "Admin");

  private final int weight;
  private final String word;

  Role(int weight, String word) {
    this.weight = weight;
    this.word = word;
  }

  /// As stored.
  public int weight() {
    return weight;
  }

  /// As shown.
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
