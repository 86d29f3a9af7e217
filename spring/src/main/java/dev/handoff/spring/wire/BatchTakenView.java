package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `POST /batches`, in the order of the tasks that were sent.
public record BatchTakenView(String id, List<Item> tasks) {
  /// The task's id, or the problem for which it was refused.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(@Nullable String id, @Nullable ProblemView problem) {
    public static Item task(String id) {
      return new Item(id, null);
    }

    public static Item refused(ProblemView problem) {
      return new Item(null, problem);
    }
  }
}
