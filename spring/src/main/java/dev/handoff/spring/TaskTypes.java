package dev.handoff.spring;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;

/// The task types of an application: its [HandledType] beans, methods with [HandledBy] among them,
/// and the [TaskType] beans that have no handler here, whose tasks this node only submits.
public final class TaskTypes {
  private TaskTypes() {}

  /// Returns all types of these beans: the handled ones in their order, then the others.
  public static List<HandledType<?, ?>> of(ListableBeanFactory beans) {
    List<HandledType<?, ?>> all = new ArrayList<>();
    beans
        .<HandledType<?, ?>>getBeanProvider(ResolvableType.forClass(HandledType.class))
        .orderedStream()
        .forEach(all::add);
    Set<String> handled = all.stream().map(each -> each.type().name()).collect(Collectors.toSet());
    beans
        .<TaskType<?, ?>>getBeanProvider(ResolvableType.forClass(TaskType.class))
        .orderedStream()
        .filter(type -> !handled.contains(type.name()))
        .forEach(type -> all.add(type.submitOnly()));
    return List.copyOf(all);
  }
}
