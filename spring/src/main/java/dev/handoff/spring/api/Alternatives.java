package dev.handoff.spring.api;

import com.networknt.schema.Error;
import dev.handoff.spring.wire.ViolationView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Of a value that is none of several alternatives, a validator says for each of them why not. Here
/// what matters is left: where the value says which of them it is, only what is wrong with that
/// one.
final class Alternatives {
  private static final Pattern BRANCH = Pattern.compile("(.*?/anyOf/)(\\d+)(?=/)");
  private static final Pattern TYPE_ID = Pattern.compile("(/\\$ref)?/properties/[^/]+/const");

  private Alternatives() {}

  /// One error: where in the value, why, and by which part of the schema.
  private record Finding(ViolationView violation, String path, String wanted) {
    static Finding of(Error error) {
      boolean constant = "const".equals(error.getKeyword());
      return new Finding(
          new ViolationView(error.getInstanceLocation().toString(), error.getMessage()),
          error.getEvaluationPath().toString(),
          constant && error.getSchemaNode() != null ? error.getSchemaNode().asString("") : "");
    }

    boolean isIn(String branch) {
      return path.startsWith(branch + "/");
    }

    /// Whether the value says that it is another alternative than this.
    boolean saysAnother(String branch) {
      return isIn(branch) && TYPE_ID.matcher(path.substring(branch.length())).matches();
    }
  }

  /// Returns the violations of a value, in the order of the errors.
  static List<ViolationView> violations(List<Error> errors) {
    List<Finding> found = new ArrayList<>(errors.stream().map(Finding::of).toList());
    for (Set<String> branches : unions(found)) {
      reduce(found, branches);
    }
    return found.stream().map(Finding::violation).distinct().toList();
  }

  // The outer ones first: what is left of one may have others inside.
  private static List<Set<String>> unions(List<Finding> found) {
    Map<String, Set<String>> unions =
        new TreeMap<>(
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    for (Finding each : found) {
      Matcher branch = BRANCH.matcher(each.path());
      while (branch.find()) {
        unions
            .computeIfAbsent(
                each.path().substring(0, branch.start(2)), ignoredUnion -> new TreeSet<>())
            .add(each.path().substring(0, branch.end()));
      }
    }
    return List.copyOf(unions.values());
  }

  private static void reduce(List<Finding> found, Set<String> branches) {
    Set<String> others =
        branches.stream()
            .filter(branch -> found.stream().anyMatch(each -> each.saysAnother(branch)))
            .collect(Collectors.toSet());
    if (others.isEmpty()) {
      keepCommon(found, branches);
    } else if (others.size() < branches.size()) {
      found.removeIf(each -> others.stream().anyMatch(each::isIn));
    } else {
      sayWhichThereAre(found, branches);
    }
  }

  // Where each alternative is refused for the same reason, that is the reason.
  private static void keepCommon(List<Finding> found, Set<String> branches) {
    Set<ViolationView> common =
        found.stream()
            .map(Finding::violation)
            .filter(violation ->
                branches.stream()
                    .allMatch(branch ->
                        found.stream()
                            .anyMatch(
                                each -> each.isIn(branch) && each.violation().equals(violation))))
            .collect(Collectors.toSet());
    if (!common.isEmpty()) {
      found.removeIf(
          each -> branches.stream().anyMatch(each::isIn) && !common.contains(each.violation()));
    }
  }

  private static void sayWhichThereAre(List<Finding> found, Set<String> branches) {
    List<Finding> ids =
        found.stream().filter(each -> branches.stream().anyMatch(each::saysAnother)).toList();
    String known =
        ids.stream()
            .map(each -> "'" + each.wanted() + "'")
            .distinct()
            .collect(Collectors.joining(", "));
    Finding first = ids.getFirst();
    int place = found.indexOf(first);
    found.removeIf(each -> branches.stream().anyMatch(each::isIn));
    found.add(
        Math.min(place, found.size()),
        new Finding(
            new ViolationView(first.violation().pointer(), "must be one of " + known),
            first.path().substring(0, first.path().lastIndexOf("/anyOf/")),
            ""));
  }
}
