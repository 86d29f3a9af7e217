package dev.handoff.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A call on a connection of its own, byte by byte as a test wants it, right or wrong.
record RawCall(int status, String head, String body) {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

  /// Sends a first line and headers, each character a byte, then a body.
  static RawCall send(Client client, String firstLine, String headers, byte[] body) {
    StringBuilder request = new StringBuilder(firstLine + "\r\nHost: localhost\r\n");
    for (int i = 0; i < client.headers().size(); i += 2) {
      request.append(client.headers().get(i) + ": " + client.headers().get(i + 1) + "\r\n");
    }
    request.append("Connection: close\r\nContent-Length: " + body.length + "\r\n");
    request.append(headers).append("\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(request.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return send(client.baseUrl(), bytes.toByteArray());
  }

  /// Sends this much and ends its own half of the connection; the answer is still read.
  static RawCall halfClosed(String baseUrl, String bytes) throws IOException {
    try (Socket socket = begun(baseUrl, bytes)) {
      socket.shutdownOutput();
      return of(read(socket.getInputStream()));
    } catch (SocketException closedWithoutAnAnswer) {
      return new RawCall(0, "", "");
    }
  }

  /// Sends this much and resets the connection, as a program does that is killed.
  static void reset(String baseUrl, String bytes) throws IOException {
    try (Socket socket = begun(baseUrl, bytes)) {
      socket.setSoLinger(true, 0);
    }
  }

  /// Sends this much, reads the beginning of an answer and resets the connection.
  static void resetWhileAnswered(String baseUrl, String bytes) throws IOException {
    try (Socket socket = begun(baseUrl, bytes)) {
      socket.setSoLinger(true, 0);
      if (socket.getInputStream().read(new byte[10_000]) < 0) {
        throw new IOException("no answer");
      }
    }
  }

  private static Socket begun(String baseUrl, String bytes) throws IOException {
    URI server = URI.create(baseUrl);
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout((int) TestServer.PATIENCE.toMillis());
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private static RawCall send(String baseUrl, byte[] bytes) {
    URI server = URI.create(baseUrl);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout((int) TestServer.PATIENCE.toMillis());
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return of(read(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A stream is read no further than its head.
  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] bytes = new byte[8192];
    int read = in.read(bytes);
    while (read >= 0) {
      text.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
      if (text.indexOf("\r\n\r\n") > 0
          && text.toString().toLowerCase(Locale.ROOT).contains("text/event-stream")) {
        break;
      }
      read = in.read(bytes);
    }
    return text.toString();
  }

  private static RawCall of(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    Matcher status = STATUS.matcher(answer);
    if (end < 0 || !status.lookingAt()) {
      return new RawCall(0, answer, "");
    }
    String body =
        new String(
            answer.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1),
            StandardCharsets.UTF_8);
    return new RawCall(Integer.parseInt(status.group(1)), answer.substring(0, end), body);
  }

  boolean hasHeader(String name, String value) {
    return head.toLowerCase(Locale.ROOT)
        .contains("\r\n" + name.toLowerCase(Locale.ROOT) + ": " + value.toLowerCase(Locale.ROOT));
  }
}
