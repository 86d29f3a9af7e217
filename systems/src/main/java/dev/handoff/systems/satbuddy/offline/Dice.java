package dev.handoff.systems.satbuddy.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws the numbers of a question. Confined to one thread, like its source of randomness.
record Dice(RandomGenerator random) {

  /// A whole number from low to high, both included.
  int from(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /// The same, but never zero.
  int nonZero(int low, int high) {
    int drawn = from(low, high - 1);
    return drawn >= 0 ? drawn + 1 : drawn;
  }

  /// A number from low to high other than this one.
  int other(int low, int high, int than) {
    int drawn = from(low, high);
    while (drawn == than) {
      drawn = from(low, high);
    }
    return drawn;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  boolean coin() {
    return random.nextBoolean();
  }

  /// The same things in another order.
  <T> List<T> shuffled(List<T> things) {
    List<T> left = new ArrayList<>(things);
    List<T> mixed = new ArrayList<>();
    while (!left.isEmpty()) {
      mixed.add(left.remove(random.nextInt(left.size())));
    }
    return List.copyOf(mixed);
  }
}
