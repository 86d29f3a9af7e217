package dev.handoff.systems.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  /// As commands and calls write it, such as `instructor`.
  public String nameInCalls() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role with this [#nameInCalls], if there is one.
  public static Optional<Role> ofName(String name) {
    return Arrays.stream(values()).filter(role -> role.nameInCalls().equals(name)).findFirst();
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
