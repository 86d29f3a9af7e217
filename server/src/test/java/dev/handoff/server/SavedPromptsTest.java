package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Prompts that a person saved, with their versions.
@OnBothStores
final class SavedPromptsTest {
  private final TestServer server = TestServer.shared();
  private final Client owner = server.as("owner@demo.test");
  private final Client other = server.as("low@demo.test");

  @Test
  void savesPromptsWithVersionsForTheirOwnerOnly() {
    String library = Prompts.CALLS + "/saved-prompts";
    HttpAnswer saved = owner.post(library, named("Bakery", "You sell bread."));
    assertThat(saved.status()).isEqualTo(201);
    String one = library + "/" + saved.text("id");

    JsonNode edited = owner.post(one + "/versions", named("Bakery", "You sell cake.")).json();

    assertThat(edited.path("versions").path(0).path("version").asInt()).isEqualTo(2);
    JsonNode read = owner.get(one + "/").json();
    assertThat(read.path("versions").valueStream().map(it -> it.path("prompt").asString()))
        .containsExactly("You sell cake.", "You sell bread.");
    assertThat(read.path("versions").path(0).path("notes").asString()).isEqualTo("bread, 8-17");
    assertThat(owner.get(library).json().path("prompts").toString())
        .contains(json("'name':'Bakery','version':2,'versions':2,"));
    assertThat(owner.get(Prompts.CALLS + "/ai-prompts/").json().path("manual_prompt").asString(""))
        .as("the notes are another thing")
        .isNotEqualTo("You sell cake.");

    assertThat(other.get(library).body()).doesNotContain(saved.text("id"));
    String unknown = library + "/" + UUID.randomUUID();
    for (String path : List.of(one, unknown)) {
      assertThat(other.get(path).status()).isEqualTo(404);
      assertThat(other.get(path).body()).isEqualTo(owner.get(unknown).body());
      assertThat(other.post(path + "/versions", named("Bakery", "x")).status()).isEqualTo(404);
      assertThat(other.call("DELETE", path, "application/json", new byte[0]).status())
          .isEqualTo(404);
    }
    for (int version = 3; version <= 52; version++) {
      owner.post(one + "/versions", named("Bakery", "version " + version));
    }
    assertThat(owner.get(one).json().path("versions")).hasSize(50);
    for (String body :
        List.of("{}", named(" ", "x"), named("a".repeat(101), "x"), named("Bakery", " "), "[")) {
      assertThat(owner.post(library, body).status()).as(body).isEqualTo(400);
    }
    assertThat(owner.call("DELETE", one, "application/json", new byte[0]).status()).isEqualTo(204);
    assertThat(owner.get(one).status()).isEqualTo(404);
  }

  private static String named(String name, String prompt) {
    return json("{'name':'%s','prompt':'%s','notes':'bread, 8-17'}", name, prompt);
  }
}
