package dev.handoff.systems.satbuddy.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one expression or relation from text in which LaTeX and words have already been turned
/// into signs. Bounded: 400 characters, 60 nested levels. Confined to one thread.
final class ExprParser {
  static final int MOST_CHARACTERS = 400;
  private static final int DEEPEST = 60;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\d+(?:\\.\\d+)?|\\.\\d+|[a-zA-Z]|[-+*/^()=<>≤≥%√⁄])");

  private final List<String> tokens;
  private int at;
  private int depth;

  private ExprParser(String text) {
    this.tokens = tokens(text);
  }

  private static List<String> tokens(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new OutOfReachException("That expression is too long for me.");
    }
    List<String> tokens = new ArrayList<>();
    String trimmed = text.strip();
    Matcher matcher = TOKEN.matcher(trimmed);
    int end = 0;
    while (matcher.lookingAt()) {
      tokens.add(matcher.group(1));
      end = matcher.end();
      matcher.region(end, trimmed.length());
    }
    if (end != trimmed.length() || tokens.isEmpty()) {
      throw unreadable();
    }
    return tokens;
  }

  static Expr expression(String text) {
    ExprParser parser = new ExprParser(text);
    Expr expr = parser.sum();
    parser.requireEnd();
    return expr;
  }

  /// Reads a chain of relations, such as `1 < 2x < 5`: one entry for each sign.
  static List<Relation> relations(String text) {
    ExprParser parser = new ExprParser(text);
    List<Relation> chain = new ArrayList<>();
    Expr left = parser.sum();
    while (!parser.isAtEnd()) {
      Relation.Sign sign = parser.sign();
      Expr right = parser.sum();
      chain.add(new Relation(left, sign, right));
      left = right;
    }
    if (chain.isEmpty()) {
      throw unreadable();
    }
    return chain;
  }

  private Relation.Sign sign() {
    String sign = next();
    boolean orEqual = isNext("=") && (sign.equals("<") || sign.equals(">"));
    if (orEqual) {
      at++;
    }
    return switch (sign) {
      case "=" -> Relation.Sign.EQUAL;
      case "<" -> orEqual ? Relation.Sign.AT_MOST : Relation.Sign.LESS;
      case ">" -> orEqual ? Relation.Sign.AT_LEAST : Relation.Sign.GREATER;
      case "≤" -> Relation.Sign.AT_MOST;
      case "≥" -> Relation.Sign.AT_LEAST;
      default -> throw unreadable();
    };
  }

  private Expr sum() {
    Expr left = product();
    while (isNext("+") || isNext("-")) {
      boolean plus = next().equals("+");
      Expr right = product();
      left = plus ? new Expr.Sum(left, right) : new Expr.Difference(left, right);
    }
    return left;
  }

  private Expr product() {
    Expr left = signed();
    while (!isAtEnd()) {
      if (isNext("*") || isNext("/")) {
        boolean times = next().equals("*");
        Expr right = signed();
        left = times ? new Expr.Product(left, right) : new Expr.Division(left, right);
      } else if (startsFactor()) {
        left = new Expr.Product(left, power());
      } else {
        return left;
      }
    }
    return left;
  }

  private boolean startsFactor() {
    String token = tokens.get(at);
    return token.equals("(")
        || token.equals("√")
        || token.equals("⁄")
        || Character.isLetter(token.charAt(0));
  }

  private Expr signed() {
    if (isNext("-") || isNext("+")) {
      boolean minus = next().equals("-");
      deeper();
      Expr of = signed();
      depth--;
      return minus ? new Expr.Negation(of) : of;
    }
    return power();
  }

  private Expr power() {
    Expr base = percent(atom());
    if (!isNext("^")) {
      return base;
    }
    at++;
    deeper();
    Expr exponent = signed();
    depth--;
    return new Expr.Power(base, exponent);
  }

  private Expr percent(Expr of) {
    if (!isNext("%")) {
      return of;
    }
    at++;
    return new Expr.Division(of, Expr.Num.of(Rational.of(100)));
  }

  private Expr atom() {
    String token = next();
    if (token.equals("(")) {
      return bracketed();
    }
    if (token.equals("√")) {
      deeper();
      Expr of = atom();
      depth--;
      return new Expr.Root(of);
    }
    if (token.equals("⁄")) {
      return fraction();
    }
    if (Character.isLetter(token.charAt(0))) {
      return new Expr.Var(token);
    }
    if (Character.isDigit(token.charAt(token.length() - 1))) {
      return new Expr.Num(Rational.parse(token), token.startsWith(".") ? "0" + token : token);
    }
    throw unreadable();
  }

  private Expr bracketed() {
    deeper();
    Expr inside = sum();
    depth--;
    if (!isNext(")")) {
      throw unreadable();
    }
    at++;
    return inside;
  }

  /// `⁄(a)(b)`, which is what `\frac{a}{b}` was turned into.
  private Expr fraction() {
    deeper();
    Expr top = atom();
    Expr bottom = atom();
    depth--;
    return new Expr.Division(top, bottom);
  }

  private void deeper() {
    depth++;
    if (depth > DEEPEST) {
      throw new OutOfReachException("That expression is nested too deeply for me.");
    }
  }

  private boolean isNext(String token) {
    return !isAtEnd() && tokens.get(at).equals(token);
  }

  private boolean isAtEnd() {
    return at == tokens.size();
  }

  private String next() {
    if (isAtEnd()) {
      throw unreadable();
    }
    return tokens.get(at++);
  }

  private void requireEnd() {
    if (!isAtEnd()) {
      throw unreadable();
    }
  }

  private static OutOfReachException unreadable() {
    return new OutOfReachException("I could not read that as a complete expression.");
  }
}
