package dev.handoff.systems.trainingvideos;

import dev.handoff.TimeSource;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.SystemsDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Changes the steps of modules, one edit of a module after the other. Safe for use by many
/// threads.
public record StepEditor(
    ModuleTable modules,
    ModuleStandings standings,
    SystemsDatabase db,
    TrainingLimits limits,
    TimeSource clock) {
  public static final String BAD_INDEX = "Invalid step index";
  public static final String BAD_DATA = "Invalid request data";
  static final String BUSY = "Module is still processing";

  /// A change of a module's steps; places count from 0.
  public sealed interface Edit {
    record Replace(List<Step> steps) implements Edit {}

    /// New ones, at this place or at the end.
    record Add(List<Step> steps, Optional<Integer> index) implements Edit {}

    /// Another one at this place.
    record Update(Step step, int index) implements Edit {}

    record Delete(int index) implements Edit {}

    record Reorder(List<String> ids) implements Edit {}

    default String word() {
      return switch (this) {
        case Replace _ -> "replace";
        case Add _ -> "add";
        case Update _ -> "update";
        case Delete _ -> "delete";
        case Reorder _ -> "reorder";
      };
    }
  }

  /// Makes the edit; tells how many steps there are then.
  ///
  /// @throws RefusedException when the module is not the caller's, or the edit cannot be made
  public int apply(Edit edit, String id, Caller caller) {
    TrainingModule module =
        modules.find(id, caller.owner()).orElseThrow(() -> TrainingRefusals.noSteps(id));
    if (standings.of(module).status() == TrainingModule.Status.PROCESSING) {
      // The processing would write over it.
      throw RefusedException.of(409, BUSY);
    }
    return db.inTransaction(() -> {
      var _ =
          modules
              .take(id, caller.owner(), clock.instant())
              .orElseThrow(() -> TrainingRefusals.noSteps(id));
      List<Step> steps = edited(new ArrayList<>(modules.steps(id)), edit);
      if (steps.size() > limits.stepsPerModule()) {
        throw RefusedException.badRequest(BAD_DATA);
      }
      List<Step> named = named(steps);
      modules.saveSteps(id, named);
      return named.size();
    });
  }

  private static List<Step> edited(List<Step> steps, Edit edit) {
    return switch (edit) {
      case Edit.Replace(var all) -> all;
      case Edit.Add(var added, var index) -> {
        int place = index.orElse(steps.size());
        requireIndex(place, steps.size());
        steps.addAll(place, added);
        yield steps;
      }
      case Edit.Update(var changed, var index) -> {
        requireIndex(index, steps.size() - 1);
        steps.set(index, changed);
        yield steps;
      }
      case Edit.Delete(var index) -> {
        requireIndex(index, steps.size() - 1);
        var _ = steps.remove(index);
        yield steps;
      }
      case Edit.Reorder(var ids) -> reordered(steps, ids);
    };
  }

  private static void requireIndex(int index, int last) {
    if (index < 0 || index > last) {
      throw RefusedException.badRequest(BAD_INDEX);
    }
  }

  private static List<Step> reordered(List<Step> steps, List<String> ids) {
    Map<String, Step> byId = new HashMap<>();
    steps.forEach(step -> byId.put(step.id(), step));
    if (ids.size() != steps.size() || !byId.keySet().equals(new HashSet<>(ids))) {
      throw RefusedException.badRequest(BAD_DATA);
    }
    return ids.stream().map(id -> Objects.requireNonNull(byId.get(id))).toList();
  }

  // Steps are told apart by their ids: one without gets one, and a second of the same gets another.
  private static List<Step> named(List<Step> steps) {
    Set<String> given = new HashSet<>();
    steps.forEach(step -> given.add(step.id()));
    Set<String> taken = new HashSet<>();
    List<Step> named = new ArrayList<>();
    int number = 1;
    for (Step step : steps) {
      if (!step.id().isEmpty() && taken.add(step.id())) {
        named.add(step);
      } else {
        while (!given.add(Step.idOf(number))) {
          number++;
        }
        named.add(step.withId(Step.idOf(number)));
      }
    }
    return named;
  }
}
