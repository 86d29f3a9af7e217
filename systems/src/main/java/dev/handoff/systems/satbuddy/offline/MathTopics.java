package dev.handoff.systems.satbuddy.offline;

import java.util.List;
import java.util.stream.Stream;

final class MathTopics {
  private MathTopics() {}

  static List<QuestionTopic> all() {
    return Stream.of(algebra(), advanced(), data(), geometry()).flatMap(List::stream).toList();
  }

  private static List<QuestionTopic> algebra() {
    return List.of(
        new QuestionTopic(
            "linear equations",
            QuestionTopics.ALGEBRA,
            "linear equation, solve for x, one variable, equation",
            AlgebraTemplates::linearEquation),
        new QuestionTopic(
            "systems of equations",
            QuestionTopics.ALGEBRA,
            "system, simultaneous equations, two equations, elimination, substitution",
            SystemTemplates::system),
        new QuestionTopic(
            "inequalities",
            QuestionTopics.ALGEBRA,
            "inequality, less than, greater than, at least, at most",
            AlgebraTemplates::inequality),
        new QuestionTopic(
            "lines and slope",
            QuestionTopics.ALGEBRA,
            "slope, line, linear function, y-intercept, gradient, parallel, perpendicular, graph",
            AlgebraTemplates::line));
  }

  private static List<QuestionTopic> advanced() {
    return List.of(
        new QuestionTopic(
            "quadratics",
            QuestionTopics.ADVANCED,
            "quadratic, quadratic equation, parabola, factoring, vertex, discriminant, roots",
            AdvancedTemplates::quadraticEquation),
        new QuestionTopic(
            "functions",
            QuestionTopics.ADVANCED,
            "function, f(x), function notation, composition, evaluate",
            AdvancedTemplates::function),
        new QuestionTopic(
            "exponents",
            QuestionTopics.ADVANCED,
            "exponent, power, powers, exponent rules, exponential equation",
            AdvancedTemplates::exponent));
  }

  private static List<QuestionTopic> data() {
    return List.of(
        new QuestionTopic(
            "percentages",
            QuestionTopics.DATA,
            "percent, percentage, percent change, discount, interest, increase, decrease",
            DataTemplates::percentage),
        new QuestionTopic(
            "ratios and rates",
            QuestionTopics.DATA,
            "ratio, rate, proportion, speed, unit, recipe",
            DataTemplates::ratio),
        new QuestionTopic(
            "statistics",
            QuestionTopics.DATA,
            "mean, median, average, statistic, mode, data set",
            StatisticsTemplates::average),
        new QuestionTopic(
            "probability",
            QuestionTopics.DATA,
            "probability, chance, random, two-way table, conditional probability",
            StatisticsTemplates::probability));
  }

  private static List<QuestionTopic> geometry() {
    return List.of(
        new QuestionTopic(
            "area", QuestionTopics.GEOMETRY, "area, perimeter, rectangle", GeometryTemplates::area),
        new QuestionTopic(
            "triangles",
            QuestionTopics.GEOMETRY,
            "triangle, angle, Pythagorean theorem, right triangle, similar triangles, hypotenuse",
            GeometryTemplates::triangle),
        new QuestionTopic(
            "circles",
            QuestionTopics.GEOMETRY,
            "circle, radius, circumference, sector, equation of a circle, diameter",
            GeometryTemplates::circle));
  }
}
