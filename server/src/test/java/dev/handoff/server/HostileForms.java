package dev.handoff.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Multipart forms that no browser sends.
final class HostileForms {
  static final String TYPE = "Content-Type: multipart/form-data; boundary=b0undary\r\n";

  /// Names that no file has.
  static final List<String> NAMES =
      List.of(
          "a\0b.mp4",
          "\0",
          "a.mp4\0.txt",
          "a\u0001\u001b[31m\u007f.mp4",
          "a\nb.mp4",
          "a\rb.mp4",
          "",
          " ",
          ".",
          "..",
          "../../../../etc/passwd",
          "..\\..\\windows\\evil.mp4",
          "/",
          "C:\\",
          "con.mp4",
          "a\\",
          "\"",
          "\u202e4pm.exe",
          "\ud800.mp4",
          "%00.mp4",
          "x".repeat(300) + ".mp4",
          "x".repeat(7_000),
          "x".repeat(60_000));

  private HostileForms() {}

  /// A whole form with a file of this name in the fields that uploads are looked for.
  static byte[] named(String fileName) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (String field : List.of("other", "file", "image")) {
      form.writeBytes(
          latin(
              "--b0undary\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""));
      form.writeBytes(fileName.getBytes(StandardCharsets.UTF_8));
      form.writeBytes(latin("\"\r\nContent-Type: video/mp4\r\n\r\n"));
      form.writeBytes(Videos.unreadable(1_000));
      form.writeBytes(latin("\r\n"));
    }
    form.writeBytes(latin("--b0undary--\r\n"));
    return form.toByteArray();
  }

  static List<byte[]> all() {
    List<byte[]> forms = new ArrayList<>(NAMES.stream().map(HostileForms::named).toList());
    for (String form :
        List.of(
            "",
            "--b0undary",
            "--b0undary--",
            "--b0undary--\r\n",
            "no form at all",
            "--b0undary\r\n\r\n",
            part("no colon"),
            part("Content-Disposition: form-data"),
            part("Content-Disposition: ;;;="),
            part(file("name=\"file\0\"; filename=\"a\"")),
            part(file("name=\"file\"; filename*=utf-8''%zz")),
            part(file("name=\"file\"; filename*=nope''a")),
            part(file("name=\"file\"; filename=\"=?utf-8?Q?a=00b?=\""), "Content-Type: video/mp4"),
            part(file("name=\"file\"; filename=\"a\""), "Content-Type: */*"),
            part(file("name=\"file\""), "Content-Type: multipart/mixed"),
            part(file("name=\"file\"; filename=\"a\""), "X: " + "x".repeat(20_000)),
            part(file("name=\"a\"")).repeat(1_500))) {
      forms.add(latin(form));
    }
    return forms;
  }

  private static String file(String parameters) {
    return "Content-Disposition: form-data; " + parameters;
  }

  private static String part(String... headers) {
    return "--b0undary\r\n" + String.join("\r\n", headers) + "\r\n\r\nx\r\n--b0undary--\r\n";
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
