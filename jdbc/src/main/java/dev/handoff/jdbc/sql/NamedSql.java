package dev.handoff.jdbc.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement with named parameters (`:id`), and their JDBC indexes. Texts are constants of this
/// module, so parsed ones are cached for good.
public record NamedSql(String jdbc, Map<String, List<Integer>> places, int parameters) {
  private static final Pattern NAME = Pattern.compile(":([a-z_]+)");
  private static final Map<String, NamedSql> PARSED = new ConcurrentHashMap<>();

  public NamedSql {
    if (parameters > Long.SIZE - 1) {
      throw new IllegalArgumentException("at most 63 parameters, were " + parameters);
    }
    places = Map.copyOf(places);
  }

  public static NamedSql of(String text) {
    return PARSED.computeIfAbsent(text, NamedSql::parse);
  }

  /// Returns the JDBC indexes of a parameter, from 1.
  List<Integer> placesOf(String name) {
    List<Integer> found = places.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no parameter :" + name + " in " + jdbc);
    }
    return found;
  }

  private static NamedSql parse(String text) {
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    Matcher matcher = NAME.matcher(text);
    StringBuilder jdbc = new StringBuilder();
    int parameters = 0;
    while (matcher.find()) {
      parameters++;
      places.computeIfAbsent(matcher.group(1), ignored -> new ArrayList<>()).add(parameters);
      matcher.appendReplacement(jdbc, "?");
    }
    matcher.appendTail(jdbc);
    return new NamedSql(jdbc.toString(), places, parameters);
  }
}
