package dev.handoff.systems.satbuddy.offline;

import static dev.handoff.systems.satbuddy.offline.Formula.math;

import dev.handoff.systems.satbuddy.algebra.Rational;
import java.util.List;

/// Questions on areas, triangles and circles.
final class GeometryTemplates {
  private static final List<int[]> TRIPLES =
      List.of(
          new int[] {3, 4, 5},
          new int[] {5, 12, 13},
          new int[] {8, 15, 17},
          new int[] {7, 24, 25},
          new int[] {20, 21, 29});

  private GeometryTemplates() {}

  static Draft area(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> rectangle(dice);
      case MEDIUM -> triangleArea(dice);
      case HARD -> fromPerimeter(dice);
    };
  }

  private static Draft rectangle(Dice dice) {
    int length = dice.from(4, 15);
    int width = dice.from(2, length - 1);
    return Draft.whole(
        "A rectangle is %d centimeters long and %d centimeters wide. What is its area in square centimeters?"
            .formatted(length, width),
        length * width,
        "The area is length times width: "
            + math("%d \\cdot %d = %d".formatted(length, width, length * width))
            + ". (The perimeter would be %d.)".formatted(2 * (length + width)),
        2 * (length + width),
        length + width,
        2 * length * width);
  }

  private static Draft triangleArea(Dice dice) {
    int base = dice.from(2, 12) * 2;
    int height = dice.from(3, 15);
    return Draft.whole(
        "The base of a triangle is %d inches and the height to that base is %d inches. What is its area in square inches?"
            .formatted(base, height),
        base * height / 2,
        "The area is half of base times height: "
            + math(
                "\\frac{1}{2} \\cdot %d \\cdot %d = %d".formatted(base, height, base * height / 2))
            + ".",
        base * height,
        base + height,
        2 * (base + height),
        base * height / 4);
  }

  private static Draft fromPerimeter(Dice dice) {
    int width = dice.from(3, 12);
    int times = dice.from(2, 4);
    int more = dice.from(1, 6);
    int length = times * width + more;
    int perimeter = 2 * (width + length);
    return Draft.whole(
        "The length of a rectangle is %d more than %d times its width, and its perimeter is %d. What is its area?"
            .formatted(more, times, perimeter),
        width * length,
        "With w for the width, "
            + math("2\\left(w + %dw + %d\\right) = %d".formatted(times, more, perimeter))
            + ", so "
            + math("%dw = %d".formatted(2 * (times + 1), perimeter - 2 * more))
            + " and "
            + math("w = %d".formatted(width))
            + ". The length is %d and the area ".formatted(length)
            + math("%d \\cdot %d = %d".formatted(width, length, width * length))
            + ".",
        width * times * width,
        width * (length - 2 * more),
        perimeter,
        length * length,
        width * width);
  }

  static Draft triangle(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> thirdAngle(dice);
      case MEDIUM -> pythagoras(dice);
      case HARD -> similar(dice);
    };
  }

  private static Draft thirdAngle(Dice dice) {
    int a = dice.from(25, 80);
    int b = dice.from(25, 80);
    int c = 180 - a - b;
    return Draft.text(
        "Two angles of a triangle measure %d° and %d°. What is the measure of the third angle?"
            .formatted(a, b),
        c + "°",
        "The angles of a triangle add up to 180°: "
            + math("180 - %d - %d = %d".formatted(a, b, c))
            + ".",
        a + b + "°",
        180 - a + "°",
        360 - a - b + "°",
        180 - b + "°");
  }

  private static Draft pythagoras(Dice dice) {
    int[] triple = dice.of(TRIPLES);
    int times = dice.from(1, 4);
    int a = triple[0] * times;
    int b = triple[1] * times;
    int c = triple[2] * times;
    return dice.coin() ? hypotenuse(a, b, c, times) : leg(a, b, c, times);
  }

  private static Draft hypotenuse(int a, int b, int c, int times) {
    return Draft.whole(
        "The legs of a right triangle are %d and %d. How long is the hypotenuse?".formatted(a, b),
        c,
        "By the Pythagorean theorem %s, so %s."
            .formatted(
                math("c^{2} = %d^{2} + %d^{2} = %d".formatted(a, b, c * c)), math("c = " + c)),
        a + b,
        c * c,
        b - a,
        c + times);
  }

  private static Draft leg(int a, int b, int c, int times) {
    return Draft.whole(
        "The hypotenuse of a right triangle is %d and one leg is %d. How long is the other leg?"
            .formatted(c, a),
        b,
        "By the Pythagorean theorem %s, so %s. The hypotenuse is the longest side."
            .formatted(
                math("b^{2} = %d^{2} - %d^{2} = %d".formatted(c, a, b * b)), math("b = " + b)),
        c - a,
        c + a,
        b * b,
        b - times);
  }

  private static Draft similar(Dice dice) {
    int a = dice.from(2, 8);
    int b = dice.other(3, 12, a);
    int times = dice.from(2, 5);
    int extra = dice.from(0, 1);
    Rational scale = Rational.of(2L * times + extra, 2);
    Rational matching = Rational.of(a).times(scale);
    Rational wanted = Rational.of(b).times(scale);
    return Draft.rational(
        "Triangle ABC is similar to triangle DEF, where A, B and C correspond to D, E and F. If "
            + math("AB = " + a)
            + ", "
            + math("BC = " + b)
            + " and "
            + math("DE = " + matching.toLatex())
            + ", what is the length of EF?",
        wanted,
        "Corresponding sides are in one ratio: "
            + math("\\frac{DE}{AB} = %s".formatted(scale.toLatex()))
            + ", so "
            + math("EF = %s \\cdot %d = %s".formatted(scale.toLatex(), b, wanted.toLatex()))
            + ". (Adding the same amount to both sides would not keep the shape.)",
        Rational.of(b).plus(matching).minus(Rational.of(a)),
        Rational.of(b).dividedBy(scale),
        matching,
        Rational.of(a).plus(Rational.of(b)));
  }

  static Draft circle(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> dice.coin() ? circleArea(dice) : circumference(dice);
      case MEDIUM -> dice.coin() ? radius(dice) : center(dice);
      case HARD -> sector(dice);
    };
  }

  private static Draft circleArea(Dice dice) {
    int r = dice.from(3, 14);
    return Draft.formula(
        "What is the area of a circle with radius %d?".formatted(r),
        r * r + "\\pi",
        "The area is " + math("\\pi r^{2} = \\pi \\cdot %d^{2} = %d\\pi".formatted(r, r * r)) + ".",
        2 * r + "\\pi",
        r + "\\pi",
        4 * r * r + "\\pi");
  }

  private static Draft circumference(Dice dice) {
    int r = dice.from(3, 14);
    return Draft.formula(
        "What is the circumference of a circle with radius %d?".formatted(r),
        2 * r + "\\pi",
        "The circumference is "
            + math("2\\pi r = 2\\pi \\cdot %d = %d\\pi".formatted(r, 2 * r))
            + ".",
        r * r + "\\pi",
        r + "\\pi",
        4 * r + "\\pi");
  }

  private static String equation(int h, int k, int r) {
    return "\\left(%s\\right)^{2} + \\left(%s\\right)^{2} = %d"
        .formatted(Formula.shifted("x", -h), Formula.shifted("y", -k), r * r);
  }

  private static Draft radius(Dice dice) {
    int h = dice.nonZero(-9, 9);
    int k = dice.nonZero(-9, 9);
    int r = dice.from(3, 12);
    return Draft.whole(
        "What is the radius of the circle " + math(equation(h, k, r)) + "?",
        r,
        "In "
            + math("\\left(x - h\\right)^{2} + \\left(y - k\\right)^{2} = r^{2}")
            + " the right side is the square of the radius: "
            + math("r = \\sqrt{%d} = %d".formatted(r * r, r))
            + ".",
        r * r,
        2 * r,
        r * r * 2,
        Math.abs(h));
  }

  private static Draft center(Dice dice) {
    int h = dice.nonZero(-9, 9);
    int k = dice.nonZero(-9, 9);
    int r = dice.from(2, 12);
    return Draft.formula(
        "What is the center of the circle " + math(equation(h, k, r)) + "?",
        point(h, k),
        "The equation has the form "
            + math("\\left(x - h\\right)^{2} + \\left(y - k\\right)^{2} = r^{2}")
            + ", so the signs turn around: "
            + math(point(h, k))
            + ".",
        point(-h, -k),
        point(-h, k),
        point(h, -k));
  }

  private static String point(int x, int y) {
    return "\\left(" + x + ", " + y + "\\right)";
  }

  private static Draft sector(Dice dice) {
    int r = dice.from(3, 12);
    int degrees = dice.of(List.of(30, 40, 45, 60, 72, 90, 120, 150));
    Rational part = Rational.of(degrees, 360);
    Rational area = part.times(Rational.of((long) r * r));
    Rational arc = part.times(Rational.of(2L * r));
    return Draft.formula(
        "A sector of a circle with radius %d has a central angle of %d°. What is the area of the sector?"
            .formatted(r, degrees),
        pi(area),
        "The sector is "
            + math("\\frac{%d}{360} = %s".formatted(degrees, part.toLatex()))
            + " of the circle: "
            + math("%s \\cdot \\pi \\cdot %d^{2} = %s".formatted(part.toLatex(), r, pi(area)))
            + ". (The arc would be "
            + math(pi(arc))
            + ".)",
        pi(arc),
        pi(Rational.of((long) r * r)),
        pi(area.times(Rational.of(2))),
        pi(area.dividedBy(Rational.of(2))));
  }

  private static String pi(Rational factor) {
    return factor.isOne() ? "\\pi" : factor.toLatex() + "\\pi";
  }
}
