package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.ModelRequest;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images of pupils (C12, C13).
@OnBothStores
final class ImagesTest {
  private static final String UPLOAD = "/ai/upload-image/";

  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");
  private final Client ben = server.as("ben@demo.test");

  @Test
  void theAiReceivesExactlyTheImagesOfTheMessage() {
    byte[] wanted = image("png", 3);
    asha.upload(UPLOAD, "image", "other.png", image("png", 5));
    HttpAnswer uploaded = asha.upload(UPLOAD, "image", "../../problem.PNG", wanted);

    assertThat(uploaded.status()).as(uploaded.toString()).isEqualTo(200);
    assertThat(uploaded.text("message")).isEqualTo("Image uploaded successfully");
    for (String reference : List.of(uploaded.text("id"), uploaded.text("file_path"))) {
      String task = send(asha, reference, SatBuddyTest.unique("what is this"));
      Tasks.awaitStatus(asha, task, "completed");
      ModelRequest asked = TestServer.model().requests().getLast();
      assertThat(asked.images()).hasSize(1);
      assertThat(asked.images().getFirst().bytes()).isEqualTo(wanted);
      assertThat(asked.images().getFirst().contentType()).isEqualTo("image/png");
      String events = asha.get("/api/v1/tasks/" + task + "/events").body();
      assertThat(events.indexOf("Analyzing image…"))
          .isPositive()
          .isLessThan(events.indexOf("Generating response…"));
    }
  }

  @Test
  void theAiSeesAPhotoUprightAndNotWhereItWasTaken() throws IOException {
    HttpAnswer uploaded =
        asha.upload(UPLOAD, "image", "photo.jpg", MediaCasesTest.sample("photo_turned.jpg"));
    assertThat(uploaded.status()).as(uploaded.toString()).isEqualTo(200);

    String task = send(asha, uploaded.text("id"), SatBuddyTest.unique("what is this"));
    Tasks.awaitStatus(asha, task, "completed");

    byte[] seen = TestServer.model().requests().getLast().images().getFirst().bytes();
    assertThat(new String(seen, StandardCharsets.ISO_8859_1))
        .doesNotContain("Exif", "PhoneMaker", "2026");
    BufferedImage photo = ImageIO.read(new ByteArrayInputStream(seen));
    Color top = new Color(photo.getRGB(photo.getWidth() / 2, 1));
    Color bottom = new Color(photo.getRGB(photo.getWidth() / 2, photo.getHeight() - 2));
    assertThat(top.getRed()).isGreaterThan(150);
    assertThat(top.getBlue()).isLessThan(100);
    assertThat(bottom).isNotEqualTo(top);
    assertThat(asha.get(uploaded.text("file_url")).body()).doesNotContain("PhoneMaker");
  }

  @Test
  void aDamagedImageIsRefused() {
    byte[] png = image("png", 40);

    HttpAnswer answer = asha.upload(UPLOAD, "image", "a.png", Arrays.copyOf(png, png.length - 20));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error"))
        .isEqualTo("The image is damaged. Please save it again as JPG, PNG, or GIF.");
  }

  @Test
  void anImageIsForItsOwnerOnly() {
    byte[] png = image("png", 4);
    HttpAnswer uploaded = asha.upload(UPLOAD, "image", "a.png", png);
    String url = uploaded.text("file_url");

    HttpAnswer shown = asha.get(url);

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.header("content-type")).isEqualTo("image/png");
    assertThat(shown.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(shown.header("content-security-policy")).isEqualTo("default-src 'none'; sandbox");
    assertThat(ben.get(url).status()).isEqualTo(404);
    assertThat(server.anybody().get(url).status()).isEqualTo(401);
    HttpAnswer foreign = post(ben, uploaded.text("id"));
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.text("error")).isEqualTo("Unknown image: " + uploaded.text("id"));
    assertThat(post(ben, uploaded.text("file_path")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "../../handoff.db",
        "sat-buddy/../x",
        "' or 1=1 --",
        "",
        "%",
        "\\u0000"
      })
  void unknownImagesAreRefusedByName(String reference) {
    HttpAnswer answer = post(asha, reference);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).startsWith("Unknown image: ");
  }

  @Test
  void moreImagesThanAllowedAreRefused() {
    HttpAnswer answer =
        asha.post("/ai/chat/message/", json("{'message':'hi','images':['1','2','3','4','5','6']}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).isEqualTo("You can attach up to 5 images to a message.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif"})
  void takesTheThreeKinds(String kind) {
    HttpAnswer answer = asha.upload(UPLOAD, "image", "noname", image(kind, 2));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("file_path")).endsWith("." + kind);
  }

  @Test
  void refusesWhatIsNoImageWhateverItsName() {
    byte[] text = "hello".getBytes(StandardCharsets.UTF_8);

    for (String name : List.of("notes.txt", "notes.png")) {
      HttpAnswer answer = asha.upload(UPLOAD, "image", name, text);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text("error"))
          .isEqualTo("Invalid file type. Only JPG, PNG, and GIF are allowed.");
    }
  }

  @Test
  void refusesWhatIsTooLarge() {
    byte[] large = Arrays.copyOf(image("png", 2), 6 << 20);
    byte[] huge = Arrays.copyOf(image("png", 2), 10 << 20);

    HttpAnswer answer = asha.upload(UPLOAD, "image", "large.png", large);
    HttpAnswer refused = asha.upload(UPLOAD, "image", "huge.png", huge);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).isEqualTo("File size too large. Maximum 5MB allowed.");
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.text("error")).isEqualTo(answer.text("error"));
  }

  @Test
  void asksForAnImageWhereThereIsNone() {
    byte[] png = image("png", 2);

    for (HttpAnswer answer :
        List.of(
            asha.upload(UPLOAD, "file", "a.png", png),
            asha.upload(UPLOAD, "image", "a.png", new byte[0]),
            asha.post(UPLOAD),
            asha.post(UPLOAD, "{}"))) {
      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.text("error")).isEqualTo("No image provided");
    }
  }

  private static HttpAnswer post(Client client, String reference) {
    return client.post("/ai/chat/message/", json("{'message':'hi','images':['%s']}", reference));
  }

  private static String send(Client client, String reference, String message) {
    return Tasks.taken(
        client.post(
            "/ai/chat/message/", json("{'message':'%s','images':['%s']}", message, reference)));
  }

  private static byte[] image(String kind, int side) {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(picture, kind, bytes)).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
