package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The API's document as it is served, beside the one that is kept in `contract`: a call or a field
/// that changes shows in the difference of that file.
class OpenApiTest {
  private static final Path KEPT = Path.of("../contract/openapi.json");

  @Test
  void isTheKeptOne() throws IOException {
    String served = pretty(TestServer.shared().anybody().get("/api/v1/openapi.json").body());
    Path fresh = Path.of("target/openapi.json");
    Files.writeString(fresh, served);
    assertThat(served)
        .as(
            "the API has changed; look at the difference between %s and %s, and copy the first over"
                + " the second when it is meant",
            "server/target/openapi.json", "contract/openapi.json")
        .isEqualTo(Files.readString(KEPT));
  }

  @Test
  void isShownOnAPageOfOurOwnFiles() {
    Client anybody = TestServer.shared().anybody();
    assertThat(anybody.get("/docs").header("location")).isEqualTo("/docs/");
    assertThat(anybody.get("/docs/").body()).contains("/docs/swagger-ui-bundle.js", "/docs/api.js");
    assertThat(anybody.get("/docs/where.json").text("document")).isEqualTo("/api/v1/openapi.json");
    for (String file : new String[] {"api.js", "swagger-ui-bundle.js", "swagger-ui.css"}) {
      // A login that has run out is not in the way.
      HttpAnswer answer = anybody.bearing("an.old.token").get("/docs/" + file);
      assertThat(answer.status()).as(file).isEqualTo(200);
    }
  }

  private static String pretty(String json) {
    JsonMapper mapper = JsonMapper.builder().build();
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(json)) + "\n";
  }
}
