package dev.handoff.systems.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.systems.kit.Refusal.Why;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SystemsTest {
  private final Systems systems =
      new Systems(
          List.of(
              SystemDescription.of("chat", "/ai", "/api/v1/chat")
                  .withPages("/ai/chat/", "/rooms/{id}")
                  .withOpen("/api/v1/chat/share/**", "/ai/hello")
                  .refusing((refusal, _) -> new RefusalForm.Answer(418, refusal.words()))),
          "/api/v1");

  @Test
  void systemsInsideTheApisPathAreNotTheApi() {
    assertThat(systems.isApi("/api/v1/tasks")).isTrue();
    assertThat(systems.isApi("/api/v1/chat/rooms")).isFalse();
    assertThat(systems.isApi("/api/v1/chats")).isTrue();
    assertThat(systems.isApi("/api/v10")).isFalse();
  }

  @Test
  void pagesAmongCallsArePages() {
    assertThat(systems.isCall("/ai/message")).isTrue();
    assertThat(systems.isCall("/ai/chat")).isFalse();
    assertThat(systems.isCall("/ai/chat/")).isFalse();
    assertThat(systems.isCall("/api/nothing")).isTrue();
    assertThat(systems.isCall("/rooms/7")).isFalse();
    assertThat(systems.withItsSlash("/ai/chat")).isEqualTo("/ai/chat/");
    assertThat(systems.withItsSlash("/rooms/7")).isEqualTo("/rooms/7");
  }

  @Test
  void onlyWhatIsDeclaredIsOpen() {
    assertThat(List.of("/", "/assets/a.js", "/ai/hello", "/api/v1/chat/share/7/video"))
        .allMatch(systems::isOpen);
    assertThat(List.of("/ai", "/ai/hello/7", "/api/v1/chat/shared", "/assetsx", "/rooms/7"))
        .noneMatch(systems::isOpen);
  }

  @Test
  void aRefusalHasTheFormOfItsSystem() {
    Refusal refusal = Refusal.of(Why.REFUSED, 400, "no");

    assertThat(systems.answer(refusal, "/ai/message").status()).isEqualTo(418);
    assertThat(systems.answer(refusal, "/aim"))
        .isEqualTo(new RefusalForm.Answer(400, ErrorBody.of("no")));
  }
}
