package dev.handoff.spring.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.TaskType;
import dev.handoff.spring.wire.ViolationView;
import jakarta.validation.constraints.Max;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Which types are open, and what their schemas let through.
final class OpenTypesTest {
  private static final JsonSchemas SCHEMAS = new JsonSchemas();

  private enum PictureSize {
    @JsonProperty("small")
    SMALL,
    @JsonProperty("large")
    LARGE
  }

  private record NestedPart(String name, @Nullable NestedPart inside) {}

  private record Order(
      @Max(9) int count,
      @Nullable PictureSize size,
      @JsonProperty("due_at") @Nullable Instant dueAt,
      List<NestedPart> parts,
      Map<String, Integer> prices,
      Optional<String> note,
      JsonNode anything) {}

  private static HandledType<?, ?> type(String name, Class<?> request) {
    return TaskType.of(name, request, String.class).handledBy((_, _) -> Outcome.done("done"));
  }

  private static List<ViolationView> violations(Class<?> type, String json) {
    return new CheckedSchema(SCHEMAS.of(type)).violations(RequestJson.parse(json), "/request");
  }

  @Test
  void onlyTheNamedTypesAreOpenOrAll() {
    List<HandledType<?, ?>> types = List.of(type("b", String.class), type("a", Order.class));

    assertThat(new OpenTypes(types, List.of(), SCHEMAS).names()).isEmpty();
    assertThat(new OpenTypes(types, List.of("b"), SCHEMAS).names()).containsExactly("b");
    assertThat(new OpenTypes(types, List.of("*"), SCHEMAS).names()).containsExactly("a", "b");
    assertThat(new OpenTypes(types, List.of("b"), SCHEMAS).find("a")).isEmpty();
    assertThatThrownBy(() -> new OpenTypes(types, List.of("b", "c"), SCHEMAS))
        .hasMessageContaining("handoff.api.open-types names 'c'")
        .hasMessageContaining("[a, b]");
  }

  @Test
  void letsThroughWhatTheTypeCanHold() {
    String parts = "\"parts\":[{\"name\":\"a\",\"inside\":{\"name\":\"b\"}}]";
    String rest = parts + ",\"prices\":{\"x\":1},\"anything\":[{}]";

    assertThat(violations(Order.class, "{\"count\":9," + rest + "}")).isEmpty();
    assertThat(
            violations(
                Order.class,
                "{\"count\":9,\"size\":\"large\",\"due_at\":\"2030-01-01T00:00:00Z\","
                    + "\"note\":\"n\","
                    + rest
                    + "}"))
        .isEmpty();
    assertThat(violations(Order.class, "{\"count\":9,\"size\":null," + rest + "}")).isEmpty();
    assertThat(violations(String.class, "\"x\"")).isEmpty();
  }

  @Test
  void refusesTheRestAndSaysWhere() {
    String rest = "\"prices\":{},\"anything\":1";

    assertThat(violations(String.class, "7"))
        .extracting(ViolationView::pointer)
        .containsExactly("/request");
    assertThat(violations(Order.class, "{\"count\":10,\"parts\":[]," + rest + "}"))
        .extracting(ViolationView::pointer)
        .containsExactly("/request/count");
    assertThat(
            violations(
                Order.class,
                "{\"count\":1,\"parts\":[{\"name\":\"a\"},{\"name\":null}]," + rest + "}"))
        .extracting(ViolationView::pointer)
        .containsExactly("/request/parts/1/name");
    assertThat(violations(Order.class, "{}"))
        .extracting(ViolationView::message)
        .hasSize(4)
        .allMatch(message -> message.startsWith("required property"));
    assertThat(violations(Order.class, "{\"" + "x".repeat(5_000) + "\":1}"))
        .allMatch(violation -> violation.message().length() <= 300);
  }
}
