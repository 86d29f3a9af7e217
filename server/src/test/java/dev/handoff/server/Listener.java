package dev.handoff.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// A reader of a task's events on a bare connection, which reads as slowly as a test wants.
final class Listener implements AutoCloseable {
  private final Socket socket = new Socket();
  private final StringBuilder heard = new StringBuilder();

  /// Opens the stream of a task; headers as lines.
  Listener(Client client, String task, String query, String... headers) {
    this(client, "/api/v1/tasks/" + task + "/events" + query, List.of(headers));
  }

  /// Opens another stream of the API's.
  Listener(Client client, String path) {
    this(client, "/api/v1" + path, List.of());
  }

  /// Opens the stream at this path; headers as lines.
  static Listener at(Client client, String path, String... headers) {
    return new Listener(client, path, List.of(headers));
  }

  private Listener(Client client, String path, List<String> headers) {
    URI server = URI.create(client.baseUrl());
    try {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      StringBuilder request = new StringBuilder();
      request.append("GET " + path + " HTTP/1.1\r\n");
      request.append("Host: localhost\r\nAccept: text/event-stream\r\n");
      for (int i = 0; i < client.headers().size(); i += 2) {
        request.append(client.headers().get(i) + ": " + client.headers().get(i + 1) + "\r\n");
      }
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      OutputStream out = socket.getOutputStream();
      out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads until this text was heard, and gives everything heard so far. Signs of life do not
  /// count.
  String hear(String text) {
    return hear(Pattern.compile(Pattern.quote(text)));
  }

  /// The same for a text of this form.
  String hear(Pattern text) {
    long end = System.nanoTime() + TestServer.PATIENCE.toNanos();
    try {
      socket.setSoTimeout((int) TestServer.PATIENCE.toMillis());
      InputStream in = socket.getInputStream();
      byte[] bytes = new byte[8192];
      while (!text.matcher(heard).find()) {
        int read = in.read(bytes);
        if (System.nanoTime() > end) {
          throw new IllegalStateException("not heard: '" + text + "' in: " + heard);
        }
        if (read < 0) {
          throw new IllegalStateException("ended before '" + text + "': " + heard);
        }
        heard.append(new String(bytes, 0, read, StandardCharsets.UTF_8));
      }
      return heard.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads to the end; a connection that is cut ends too.
  String hearToTheEnd() {
    try {
      socket.setSoTimeout((int) TestServer.PATIENCE.toMillis());
      heard.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (java.net.SocketTimeoutException e) {
      throw new IllegalStateException("the stream does not end: " + heard, e);
    } catch (IOException cut) {
      heard.append("(cut)");
    }
    return heard.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
