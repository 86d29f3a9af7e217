package dev.handoff.systems.satbuddy.algebra;

import java.util.Map;
import java.util.TreeMap;

/// A product of powers of unknowns, such as `x^2 y`; no powers at all for a plain number. Ordered
/// as people write: higher degree first, then alphabetically.
record Monomial(Map<String, Integer> powers) implements Comparable<Monomial> {
  static final Monomial NUMBER = new Monomial(Map.of());

  Monomial {
    powers = Map.copyOf(powers);
  }

  static Monomial of(String variable) {
    return new Monomial(Map.of(variable, 1));
  }

  static Monomial of(String variable, int power) {
    return power == 0 ? NUMBER : new Monomial(Map.of(variable, power));
  }

  Monomial times(Monomial that) {
    Map<String, Integer> product = new TreeMap<>(powers);
    that.powers.forEach((name, power) -> product.merge(name, power, Integer::sum));
    return new Monomial(product);
  }

  int degree() {
    int sum = 0;
    for (int power : powers.values()) {
      sum += power;
    }
    return sum;
  }

  int degreeIn(String variable) {
    return powers.getOrDefault(variable, 0);
  }

  String toLatex() {
    StringBuilder latex = new StringBuilder();
    new TreeMap<>(powers)
        .forEach((name, power) -> latex.append(name).append(power == 1 ? "" : "^{" + power + "}"));
    return latex.toString();
  }

  @Override
  public int compareTo(Monomial that) {
    int byDegree = Integer.compare(that.degree(), degree());
    if (byDegree != 0) {
      return byDegree;
    }
    // Mostly they are equal, and then nothing has to be spelled out.
    return powers.equals(that.powers) ? 0 : sortKey().compareTo(that.sortKey());
  }

  /// The letters spelled out, so that `x^2` (`xx`) comes before `xy` and `y^2`.
  private String sortKey() {
    StringBuilder key = new StringBuilder();
    new TreeMap<>(powers).forEach((name, power) -> key.append(name.repeat(power)));
    return key.toString();
  }
}
