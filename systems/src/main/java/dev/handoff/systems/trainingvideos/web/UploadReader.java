package dev.handoff.systems.trainingvideos.web;

import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.trainingvideos.ModuleFiles;
import dev.handoff.systems.trainingvideos.Step;
import dev.handoff.systems.trainingvideos.TrainingLimits;
import dev.handoff.systems.trainingvideos.Upload;
import dev.handoff.systems.trainingvideos.VideoTreatment;
import dev.handoff.systems.trainingvideos.media.VideoKind;
import dev.handoff.systems.trainingvideos.media.VideoTools;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;

/// Receives videos: from the network straight to the disk, in pieces of 16 KB, under an id of our
/// making. What is no video is refused at its first bytes, what is too large at the first byte too
/// much; either way no file stays. Safe for use by many threads.
final class UploadReader {
  static final String NO_FILE = "No file uploaded";
  static final String NO_VIDEO = "Only video files are allowed";
  static final String EMPTY = "File appears to be empty. Please upload a valid video file.";

  private static final String UNTITLED = "Untitled video";
  private static final int PIECE = 16 * 1024;
  private static final int LONGEST_PART_HEADER = 8 * 1024;
  private static final int MOST_PARTS = 20;
  private static final int ID_BITS = 128;
  private static final int ID_LENGTH = 25;
  private static final int BASE_36 = 36;
  private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
  private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+");

  private final ModuleFiles files;
  private final TrainingLimits limits;
  private final VideoTreatment treatment;
  private final Semaphore slots;
  private final SecureRandom random = new SecureRandom();

  UploadReader(ModuleFiles files, TrainingLimits limits, VideoTreatment treatment) {
    this.files = files;
    this.limits = limits;
    this.treatment = treatment;
    this.slots = new Semaphore(limits.uploadsAtOnce());
  }

  /// Who is asked and told while a form is received.
  interface Sender {
    /// Throws when they may not upload.
    void check();

    /// The file will be that of this module.
    void begins(String moduleId);
  }

  /// Receives the video in the field `file` of this form.
  ///
  /// @throws RefusedException when there is none, or none that is taken
  Upload receive(HttpServletRequest request, Sender sender) throws IOException {
    if (!slots.tryAcquire()) {
      throw RefusedException.tooMany(
          "Too many uploads at once. Please try again shortly.", Duration.ofSeconds(10));
    }
    try {
      return receiveNow(request, sender);
    } catch (EOFException brokenOff) {
      throw refusedForm(brokenOff);
    } finally {
      slots.release();
    }
  }

  private Upload receiveNow(HttpServletRequest request, Sender sender) throws IOException {
    try {
      sender.check();
      if (!JakartaServletFileUpload.isMultipartContent(request)) {
        throw RefusedException.badRequest(NO_FILE);
      }
      JakartaServletFileUpload<?, ?> form = new JakartaServletFileUpload<>();
      form.setMaxPartHeaderSize(LONGEST_PART_HEADER);
      FileItemInputIterator parts = form.getItemIterator(request);
      for (int number = 0; parts.hasNext() && number < MOST_PARTS; number++) {
        FileItemInput part = parts.next();
        if ("file".equals(part.getFieldName()) && !part.isFormField()) {
          return store(part, sender);
        }
      }
    } catch (FileUploadException broken) {
      throw refusedForm(broken);
    } finally {
      // A client that is still sending reads no answer.
      discard(request.getInputStream());
    }
    throw RefusedException.badRequest(NO_FILE);
  }

  private static RefusedException refusedForm(IOException broken) {
    RefusedException refused = RefusedException.badRequest(NO_FILE);
    refused.initCause(broken);
    return refused;
  }

  private Upload store(FileItemInput part, Sender sender) throws IOException {
    String type = part.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("video/")) {
      throw RefusedException.badRequest(NO_VIDEO);
    }
    try (InputStream content = part.getInputStream()) {
      byte[] beginning = content.readNBytes(VideoKind.BYTES_NEEDED);
      if (beginning.length == 0) {
        throw RefusedException.badRequest(EMPTY);
      }
      if (VideoKind.of(beginning).isEmpty()) {
        throw RefusedException.badRequest(NO_VIDEO);
      }
      String id = newId();
      sender.begins(id);
      files.create(id);
      boolean whole = false;
      try {
        write(id, beginning, content);
        Upload upload = new Upload(id, title(part), length(id));
        whole = true;
        return upload;
      } finally {
        if (!whole) {
          files.delete(id);
        }
      }
    }
  }

  private void write(String id, byte[] beginning, InputStream content) throws IOException {
    long left = limits.uploadMaxSize().toBytes() - beginning.length;
    byte[] piece = new byte[PIECE];
    try (OutputStream file =
        Files.newOutputStream(files.videoPath(id), StandardOpenOption.CREATE_NEW)) {
      file.write(beginning);
      for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
        left -= read;
        if (left < 0) {
          throw RefusedException.of(413, limits.tooLarge());
        }
        file.write(piece, 0, read);
      }
    }
  }

  private double length(String id) throws IOException {
    double seconds = VideoTools.lengthInHeader(files.video(id).orElseThrow()).orElse(0);
    if (treatment.isTooLong(seconds)) {
      throw RefusedException.badRequest(treatment.tooLong());
    }
    return seconds;
  }

  // As much again as a video may have: enough for everything that was sent by mistake.
  private void discard(InputStream rest) throws IOException {
    long left = limits.uploadMaxSize().toBytes();
    byte[] piece = new byte[PIECE];
    int read = rest.read(piece);
    while (read >= 0 && left > 0) {
      left -= read;
      read = rest.read(piece);
    }
  }

  private String newId() {
    String digits = new BigInteger(ID_BITS, random).toString(BASE_36);
    char[] zeros = new char[ID_LENGTH - Math.min(ID_LENGTH, digits.length())];
    Arrays.fill(zeros, '0');
    return new String(zeros) + digits;
  }

  private static String title(FileItemInput part) {
    try {
      return titleOf(part.getName());
    } catch (InvalidPathException noName) {
      return titleOf(noName.getInput());
    }
  }

  /// The title that a file's name gives: without folders, ending and what cannot be seen.
  static String titleOf(@Nullable String fileName) {
    String name = fileName == null ? "" : FOLDERS.matcher(fileName).replaceAll("");
    String title =
        UNSEEN
            .matcher(ENDING.matcher(name).replaceAll(""))
            .replaceAll(" ")
            .replaceAll("^[. ]+|[. ]+$", "");
    if (title.isEmpty()) {
      return UNTITLED;
    }
    return title.length() <= Step.LONGEST_TITLE
        ? title
        : title.substring(
            0, title.offsetByCodePoints(0, title.codePointCount(0, Step.LONGEST_TITLE)));
  }
}
