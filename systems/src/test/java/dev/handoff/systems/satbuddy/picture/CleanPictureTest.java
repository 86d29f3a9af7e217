package dev.handoff.systems.satbuddy.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pictures as phones and programs write them, and what is left of them.
final class CleanPictureTest {
  private static final String SECRET = "+51.4779-000.0015 PhoneMaker 2026:01:02";
  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;

  @Test
  void aJpegKeepsItsPictureOnly() throws Exception {
    byte[] plain = written(corners(), "jpg");
    byte[] told =
        concat(
            Arrays.copyOf(plain, 2),
            segment(0xe1, concat(latin("Exif\0\0"), exif(1, ByteOrder.BIG_ENDIAN), latin(SECRET))),
            segment(0xe1, latin("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET)),
            segment(0xe1, latin("http://ns.adobe.com/xmp/extension/\0" + SECRET)),
            segment(0xed, latin("Photoshop 3.0\08BIM" + SECRET)),
            segment(0xe2, latin("MPF\0" + SECRET)),
            segment(0xe0, latin("JFXX\0" + SECRET)),
            segment(0xe4, latin(SECRET)),
            segment(0xfe, latin(SECRET)),
            Arrays.copyOfRange(plain, 2, plain.length),
            latin("a film of " + SECRET));

    assertThat(CleanPicture.jpeg(told)).isEqualTo(plain);
    assertThat(CleanPicture.jpeg(plain)).isEqualTo(plain);
  }

  @Test
  void theSmallCopyInAJpegGoesAndItsColoursStay() throws Exception {
    byte[] plain = written(corners(), "jpg");
    byte[] small =
        concat(
            Arrays.copyOf(plain, 2),
            segment(0xe0, concat(latin("JFIF\0\1\1\0\0\1\0\1\2\1"), latin(SECRET.substring(0, 6)))),
            segment(0xe2, latin("ICC_PROFILE\0\1\1colours")),
            segment(0xee, latin("Adobe\0d\0\0\0\0\1")),
            Arrays.copyOfRange(plain, 20, plain.length));

    String clean = new String(CleanPicture.jpeg(small), ISO_8859_1);

    assertThat(clean)
        .contains("JFIF\0\1\1\0\0\1\0\1\0\0", "ICC_PROFILE\0\1\1colours", "Adobe\0d")
        .doesNotContain(SECRET.substring(0, 6));
  }

  static Stream<Integer> orientations() {
    return IntStream.rangeClosed(1, 8).boxed();
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void aPictureIsTurnedUpright(int orientation) throws Exception {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      byte[] jpeg = written(lying(orientation), "jpg");
      byte[] exif = exif(orientation, order);
      assertUpright(
          CleanPicture.jpeg(
              concat(
                  Arrays.copyOf(jpeg, 2),
                  segment(0xe1, concat(latin("Exif\0\0"), exif)),
                  Arrays.copyOfRange(jpeg, 2, jpeg.length))));
      byte[] png = written(lying(orientation), "png");
      assertUpright(
          CleanPicture.png(
              concat(
                  Arrays.copyOf(png, 33),
                  chunk("eXIf", exif),
                  Arrays.copyOfRange(png, 33, png.length))));
      assertUpright(
          CleanPicture.png(
              concat(
                  Arrays.copyOf(png, 33),
                  chunk("eXIf", concat(latin("Exif\0\0"), exif)),
                  Arrays.copyOfRange(png, 33, png.length))));
      assertUpright(
          CleanPicture.jpeg(
              concat(
                  Arrays.copyOf(jpeg, 2),
                  segment(0xe1, concat(latin("Exif\0\0"), exif)),
                  segment(0xe1, latin("http://ns.adobe.com/xap/1.0/\0<x/>")),
                  segment(0xe1, concat(latin("Exif\0\0"), exif(1, order))),
                  Arrays.copyOfRange(jpeg, 2, jpeg.length))));
    }
  }

  private static void assertUpright(byte[] picture) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
    assertThat(List.of(image.getWidth(), image.getHeight())).isEqualTo(List.of(WIDTH, HEIGHT));
    assertThat(
            List.of(
                main(image.getRGB(4, 4)),
                main(image.getRGB(WIDTH - 4, 4)),
                main(image.getRGB(4, HEIGHT - 4)),
                main(image.getRGB(WIDTH - 4, HEIGHT - 4))))
        .isEqualTo(List.of("red", "green", "blue", "white"));
    assertThat(new String(picture, ISO_8859_1)).doesNotContain("Exif", "eXIf");
  }

  private static String main(int rgb) {
    Color color = new Color(rgb);
    boolean red = color.getRed() > 127;
    boolean green = color.getGreen() > 127;
    boolean blue = color.getBlue() > 127;
    if (red && green && blue) {
      return "white";
    }
    return red ? "red" : green ? "green" : blue ? "blue" : "black";
  }

  @Test
  void whatCannotBeReadAsAnOrientationTurnsNothing() {
    byte[] right = exif(6, ByteOrder.LITTLE_ENDIAN);
    assertThat(Orientation.of(right)).isEqualTo(Orientation.ON_ITS_LEFT);
    for (int length = 0; length < right.length - 8; length++) {
      assertThat(Orientation.of(Arrays.copyOf(right, length))).isEqualTo(Orientation.UPRIGHT);
    }
    assertThat(Orientation.of(exif(0, ByteOrder.BIG_ENDIAN))).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.of(exif(9, ByteOrder.BIG_ENDIAN))).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.of(new byte[300])).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void aPngKeepsItsPictureOnly() throws Exception {
    byte[] plain = written(corners(), "png");
    byte[] told =
        concat(
            Arrays.copyOf(plain, 33),
            chunk("tEXt", latin("Comment\0" + SECRET)),
            chunk("zTXt", latin("Raw profile type exif\0\0" + SECRET)),
            chunk("iTXt", latin("XML:com.adobe.xmp\0\0\0\0\0" + SECRET)),
            chunk("tIME", latin("1234567")),
            chunk("eXIf", concat(exif(1, ByteOrder.BIG_ENDIAN), latin(SECRET))),
            chunk("vpAg", latin(SECRET)),
            Arrays.copyOfRange(plain, 33, plain.length),
            latin(SECRET));

    assertThat(CleanPicture.png(told)).isEqualTo(plain);
  }

  @Test
  void aGifKeepsItsPicturesOnly() throws Exception {
    byte[] plain = written(corners(), "gif");
    int end = 13 + (3 << ((plain[10] & 7) + 1));
    byte[] loop = latin("!\u00ff\u000bNETSCAPE2.0\3\1\0\0\0");
    byte[] told =
        concat(
            Arrays.copyOf(plain, end),
            loop,
            latin("!\u00fe" + (char) SECRET.length() + SECRET + "\0"),
            latin("!\u00ff\u000bXMP DataXMP" + (char) SECRET.length() + SECRET + "\0"),
            Arrays.copyOfRange(plain, end, plain.length),
            latin(SECRET));

    assertThat(CleanPicture.gif(told))
        .isEqualTo(
            concat(Arrays.copyOf(plain, end), loop, Arrays.copyOfRange(plain, end, plain.length)));
  }

  @Test
  void whatIsDamagedIsSaidToBeSo() throws Exception {
    byte[] png = written(corners(), "png");
    byte[] gif = written(corners(), "gif");
    assertThatThrownBy(() -> CleanPicture.png(Arrays.copyOf(png, png.length - 20)))
        .isInstanceOf(DamagedPictureException.class);
    assertThatThrownBy(() -> CleanPicture.gif(Arrays.copyOf(gif, gif.length - 5)))
        .isInstanceOf(DamagedPictureException.class);
    assertThatThrownBy(() -> CleanPicture.jpeg(latin("\u00ff\u00d8\u00ff\u00e0nothing at all")))
        .isInstanceOf(DamagedPictureException.class);
    // A broken-off JPEG still shows its beginning.
    byte[] jpeg = written(corners(), "jpg");
    assertThat(CleanPicture.jpeg(Arrays.copyOf(jpeg, jpeg.length - 30))).hasSizeGreaterThan(400);
  }

  @Test
  void noFileDoesHarm() throws Exception {
    Random random = new Random(39);
    for (String format : List.of("jpg", "png", "gif")) {
      byte[] whole = written(corners(), format);
      for (int round = 0; round < 2_000; round++) {
        byte[] file = Arrays.copyOf(whole, 4 + random.nextInt(whole.length - 4));
        for (int change = 0; change < 4; change++) {
          file[2 + random.nextInt(file.length - 2)] = (byte) random.nextInt();
        }
        try {
          byte[] clean =
              switch (format) {
                case "jpg" -> CleanPicture.jpeg(file);
                case "png" -> CleanPicture.png(file);
                default -> CleanPicture.gif(file);
              };
          assertThat(clean.length).isLessThanOrEqualTo(file.length + 2);
        } catch (DamagedPictureException said) {
          assertThat(said).hasMessageNotContaining("null");
        }
      }
    }
  }

  private static BufferedImage corners() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = image.createGraphics();
    List<Color> colours = List.of(Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);
    for (int corner = 0; corner < 4; corner++) {
      drawing.setColor(colours.get(corner));
      drawing.fillRect(corner % 2 * WIDTH / 2, corner / 2 * HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
    }
    drawing.dispose();
    return image;
  }

  // As a camera stores it that was held so: the standard says on which sides of what is seen the
  // first row and the first column are.
  private static BufferedImage lying(int orientation) {
    BufferedImage seen = corners();
    boolean swaps = orientation > 4;
    BufferedImage stored =
        new BufferedImage(
            swaps ? HEIGHT : WIDTH, swaps ? WIDTH : HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < stored.getHeight(); row++) {
      for (int column = 0; column < stored.getWidth(); column++) {
        int across = swaps ? row : column;
        int down = swaps ? column : row;
        boolean fromTheRight = List.of(2, 3, 6, 7).contains(orientation);
        boolean fromBelow = List.of(3, 4, 7, 8).contains(orientation);
        stored.setRGB(
            column,
            row,
            seen.getRGB(
                fromTheRight ? WIDTH - 1 - across : across, fromBelow ? HEIGHT - 1 - down : down));
      }
    }
    return stored;
  }

  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
    tiff.put(latin(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x010f).putShort((short) 2).putInt(4).put(latin("Abc\0"));
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
    return tiff.array();
  }

  private static byte[] segment(int marker, byte[] content) {
    int length = content.length + 2;
    return concat(
        new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length}, content);
  }

  private static byte[] chunk(String name, byte[] data) {
    java.util.zip.CRC32 checksum = new java.util.zip.CRC32();
    checksum.update(concat(latin(name), data));
    return concat(
        ByteBuffer.allocate(4).putInt(data.length).array(),
        latin(name),
        data,
        ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }

  private static byte[] written(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
