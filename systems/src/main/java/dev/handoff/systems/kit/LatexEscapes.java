package dev.handoff.systems.kit;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps the backslashes of LaTeX that a model wrote into JSON without doubling them: `\frac` would
/// be a form feed and "rac". Escapes that are meant (a line break, a quote, a letter by its number)
/// stay, and so does LaTeX that is doubled as JSON asks for.
final class LatexEscapes {
  private static final Pattern BACKSLASHES =
      Pattern.compile("(\\\\+)(u[0-9a-fA-F]{4}|[a-zA-Z]+|.|$)", Pattern.DOTALL);

  /// A row ends here, with or without more space than usual, when the backslashes are not doubled.
  private static final Pattern ROW_END =
      Pattern.compile("\\s|&|-?\\d|[a-zA-Z](?![a-zA-Z])|\\[-?[\\d.]+ ?[a-z]{2}\\]|\"?$");

  /// A command or a bracket of a formula behind two backslashes.
  private static final Pattern DOUBLED =
      Pattern.compile("(?<!\\\\)\\\\\\\\(?:[a-zA-Z]{2,}|[()\\[\\]](?![-\\d.]+ ?[a-z]{2}\\]))");

  /// Commands whose first letter is that of an escape which texts use: a line break or a tab. All
  /// others after a backslash with `b`, `f`, `r` or `u` are commands, as nobody means a form feed.
  private static final Set<String> COMMANDS =
      Set.of(
          ("nabla natural nearrow neg neq newcommand newline nexists ngeq ngtr nicefrac nleq nless"
                  + " nmid nobreak nolimits nonumber normalsize norm not notag notin nparallel nprec"
                  + " nrightarrow nleftarrow nRightarrow nLeftarrow nsim nsubseteq nsupseteq nsucc"
                  + " nwarrow ncong nvdash nvDash nVdash nVDash nleqslant ngeqslant nleqq ngeqq"
                  + " npreceq nsucceq nshortmid nshortparallel ntriangleleft ntriangleright"
                  + " ntrianglelefteq ntrianglerighteq nleftrightarrow nLeftrightarrow nu ne ni"
                  + " tag tan tanh tau tbinom tfrac therefore theta thetasym"
                  + " thickapprox thicksim thinspace tilde times tiny to top triangle triangledown"
                  + " triangleleft triangleq triangleright trianglelefteq trianglerighteq tr tg tt twoheadleftarrow twoheadrightarrow")
              .split(" ", -1));

  /// Commands that a line break and an ordinary beginning of a line look like.
  private static final Set<String> AMBIGUOUS = Set.of("nu", "ne", "ni", "tt", "to");

  private LatexEscapes() {}

  /// The same JSON with the backslashes of commands doubled.
  static String kept(String json) {
    if (json.indexOf('\\') < 0) {
      return json;
    }
    boolean doubled = DOUBLED.matcher(json).find();
    StringBuilder kept = new StringBuilder();
    int at = 0;
    for (int open = json.indexOf('"'); open >= 0; open = json.indexOf('"', at)) {
      int end = JsonEnd.ofString(json, open);
      kept.append(json, at, open).append(string(json.substring(open, end), doubled));
      at = end;
    }
    return kept.append(json, at, json.length()).toString();
  }

  private static String string(String string, boolean doubled) {
    boolean raw =
        BACKSLASHES
            .matcher(string)
            .results()
            .anyMatch(found ->
                isCommand(found.group(1).length(), found.group(2))
                    && !AMBIGUOUS.contains(found.group(2)));
    boolean formula = raw || (!doubled && string.contains("$"));
    StringBuilder kept = new StringBuilder();
    Matcher found = BACKSLASHES.matcher(string);
    int at = 0;
    while (found.find(at)) {
      String slashes = found.group(1);
      String next = found.group(2);
      kept.append(string, at, found.end(1));
      if (isCommand(slashes.length(), next)) {
        boolean meant = AMBIGUOUS.contains(next) && !formula;
        kept.append(meant ? "" : raw ? slashes : "\\");
      } else if (raw && slashes.length() == 2 && endsRow(string, found.end(1))) {
        kept.append(slashes);
      }
      at = found.end(1);
    }
    return kept.append(string, at, string.length()).toString();
  }

  private static boolean endsRow(String string, int at) {
    return ROW_END.matcher(string).region(at, string.length()).lookingAt();
  }

  // The last one of an odd number of backslashes begins an escape or a command.
  private static boolean isCommand(int slashes, String next) {
    if (slashes % 2 == 0 || next.isEmpty()) {
      return false;
    }
    return switch (next.charAt(0)) {
      case '"', '/', '\'' -> false;
      case 'u' -> !next.matches("u[0-9a-fA-F]{4}");
      case 'b', 'f', 'r' -> next.length() > 1;
      case 'n', 't' -> COMMANDS.contains(next) || next.startsWith("text");
      default -> true;
    };
  }
}
