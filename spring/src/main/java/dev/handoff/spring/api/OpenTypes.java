package dev.handoff.spring.api;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import dev.handoff.spring.settings.InvalidSettingException;
import dev.handoff.spring.wire.TypesView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The task types that may be submitted over HTTP (`handoff.api.open-types`), with the schemas of
/// what they take and give. Immutable.
public final class OpenTypes {
  private static final String ALL = "*";
  // Types that the engine submits to itself cannot be submitted by callers.
  private static final String OWN = "handoff.";

  private final Map<String, OpenType<?>> types = new TreeMap<>();

  record OpenType<Q>(TaskType<Q, ?> type, CheckedSchema request, TypesView.TypeView view) {
    static <Q> OpenType<Q> of(TaskType<Q, ?> type, JsonSchemas schemas) {
      CheckedSchema request = new CheckedSchema(schemas.of(type.requestRef().type()));
      return new OpenType<>(
          type,
          request,
          new TypesView.TypeView(
              type.name(), request.shown(), schemas.of(type.resultRef().type())));
    }
  }

  /// Returns the engine's types with these names, or all if one of the names is `*`; never the
  /// engine's internal types.
  ///
  /// @throws InvalidSettingException when there is no type of such a name
  public OpenTypes(List<HandledType<?, ?>> handled, Collection<String> open, JsonSchemas schemas) {
    boolean all = open.contains(ALL);
    List<HandledType<?, ?>> theirs =
        handled.stream().filter(each -> !each.type().name().startsWith(OWN)).toList();
    for (HandledType<?, ?> each : theirs) {
      if (all || open.contains(each.type().name())) {
        types.put(each.type().name(), OpenType.of(each.type(), schemas));
      }
    }
    for (String name : open) {
      if (!name.equals(ALL) && !types.containsKey(name)) {
        throw new InvalidSettingException(
            "handoff.api.open-types names '"
                + name
                + "', but there are only the types "
                + theirs.stream().map(each -> each.type().name()).sorted().toList());
      }
    }
  }

  Optional<OpenType<?>> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  List<String> names() {
    return List.copyOf(types.keySet());
  }

  TypesView view() {
    return new TypesView(types.values().stream().<TypesView.TypeView>map(OpenType::view).toList());
  }
}
