package dev.handoff.systems.satbuddy.offline;

import java.util.List;

/// The topics of mathematics.
final class MathTopics {
  private MathTopics() {}

  static List<QuestionTopic> all() {
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
            AlgebraTemplates::line),
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
            AdvancedTemplates::exponent),
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
            StatisticsTemplates::probability),
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
