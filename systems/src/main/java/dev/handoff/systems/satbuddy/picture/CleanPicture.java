package dev.handoff.systems.satbuddy.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/// Takes everything out of a picture's file but the picture: where, when and with what it was
/// taken, comments, small copies, whatever comes behind its end. A picture that lies on its side is
/// turned and written anew; any other keeps its pixels bit by bit.
public final class CleanPicture {
  // Models look at fewer; a larger one is made smaller while it is turned.
  private static final long MOST_PIXELS = 16_000_000;
  private static final float QUALITY = 0.92f;

  private CleanPicture() {}

  public static byte[] jpeg(byte[] file) throws DamagedPictureException {
    return upright(JpegSegments.strip(file), "jpeg");
  }

  public static byte[] png(byte[] file) throws DamagedPictureException {
    return upright(PngChunks.strip(file), "png");
  }

  public static byte[] gif(byte[] file) throws DamagedPictureException {
    return GifBlocks.strip(file);
  }

  private static byte[] upright(StrippedPicture picture, String format)
      throws DamagedPictureException {
    if (picture.orientation() == Orientation.UPRIGHT) {
      return picture.bytes();
    }
    try {
      return write(turned(read(picture.bytes(), format), picture.orientation()), format);
    } catch (IOException | RuntimeException cannotBeDecoded) {
      DamagedPictureException damaged = new DamagedPictureException("it cannot be turned");
      damaged.initCause(cannotBeDecoded);
      throw damaged;
    }
  }

  private static BufferedImage read(byte[] bytes, String format) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(input, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      int each = (int) Math.ceil(Math.sqrt((double) pixels / MOST_PIXELS));
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(Math.max(1, each), Math.max(1, each), 0, 0);
      return reader.read(0, param);
    } finally {
      reader.dispose();
    }
  }

  private static BufferedImage turned(BufferedImage lying, Orientation orientation) {
    int width = orientation.swapsSides() ? lying.getHeight() : lying.getWidth();
    int height = orientation.swapsSides() ? lying.getWidth() : lying.getHeight();
    boolean seeThrough = lying.getColorModel().hasAlpha();
    BufferedImage upright =
        new BufferedImage(
            width, height, seeThrough ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = upright.createGraphics();
    drawing.drawImage(lying, orientation.turning(lying.getWidth(), lying.getHeight()), null);
    drawing.dispose();
    return upright;
  }

  private static byte[] write(BufferedImage image, String format) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(QUALITY);
      }
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
