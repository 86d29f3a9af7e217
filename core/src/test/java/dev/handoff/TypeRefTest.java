package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TypeRefTest {
  @Test
  void saysTheWholeType() {
    TypeRef<Map<String, List<Integer>>> ref = new TypeRef<>() {};

    assertThat(ref.type().getTypeName())
        .isEqualTo("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>");
    assertThat(ref.rawType()).isEqualTo(Map.class);
    assertThat(ref.isClass()).isFalse();
    assertThat(new TypeRef<List<String>[]>() {}.rawType()).isEqualTo(List[].class);
  }

  @Test
  void isEqualToAnotherOfTheSameType() {
    assertThat(new TypeRef<List<String>>() {})
        .isEqualTo(new TypeRef<List<String>>() {})
        .hasSameHashCodeAs(new TypeRef<List<String>>() {})
        .isNotEqualTo(new TypeRef<List<Integer>>() {});
    assertThat(new TypeRef<String>() {})
        .isEqualTo(TypeRef.of(String.class))
        .hasToString("java.lang.String");
  }

  private static <T> TypeRef<List<T>> listOf() {
    return new TypeRef<>() {};
  }

  @Test
  @SuppressWarnings({"rawtypes", "RawTypeCanBeGeneric"})
  void refusesWhatIsNotKnownWhenItRuns() {
    assertThatThrownBy(TypeRefTest::<String>listOf)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("what T is");
    assertThatThrownBy(() -> new TypeRef() {})
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("new TypeRef<List<String>>() {}");
  }
}
