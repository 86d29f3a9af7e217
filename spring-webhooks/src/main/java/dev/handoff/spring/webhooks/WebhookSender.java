package dev.handoff.spring.webhooks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Posts messages to untrusted receivers: on a new connection each time, to an address that the
/// resolver permits, without following redirects, and reading only the head of an answer. Written
/// on sockets: the JDK's client resolves names itself, and Spring Boot builds the application's own
/// calls on any other client that is on the class path. Safe for use by many threads.
public final class WebhookSender implements AutoCloseable {
  /// The longest duration of one attempt.
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final HostNames names;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("handoff-webhook-timer").daemon().factory());

  /// Connects to addresses that this resolver returns.
  WebhookSender(HostNames names) {
    this.names = names;
  }

  /// A receiver's answer: its status, and its `Retry-After` if there is one.
  public record ReceiverAnswer(int status, Optional<String> retryAfter) {
    /// Returns whether the receiver accepted the message.
    public boolean isTaken() {
      return status >= 200 && status < 300;
    }
  }

  /// Posts a message. An interrupt of a virtual thread cancels it; it ends after 15 seconds at
  /// most.
  ///
  /// @throws IOException when no answer came
  /// @throws IllegalArgumentException when the URL is not an absolute one of http or https, or a
  ///   header has a line break
  public ReceiverAnswer post(URI url, Map<String, String> headers, String json) throws IOException {
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    if (url.getHost() == null || !(secure || "http".equalsIgnoreCase(url.getScheme()))) {
      throw new IllegalArgumentException("a message is sent to an absolute URL of http or https");
    }
    byte[] message = message(url, headers, json.getBytes(StandardCharsets.UTF_8));
    int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS : HTTP;
    String host = withoutBrackets(url.getHost());
    try (Socket connection = connect(host, port)) {
      ScheduledFuture<?> tooLong =
          timer.schedule(
              () -> closeQuietly(connection), CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      try {
        connection.setSoTimeout((int) CALL_TIMEOUT.toMillis());
        return exchange(secure ? secured(connection, host, port) : connection, message);
      } finally {
        tooLong.cancel(false);
      }
    }
  }

  private static ReceiverAnswer exchange(Socket connection, byte[] message) throws IOException {
    OutputStream out = connection.getOutputStream();
    out.write(message);
    out.flush();
    HttpHead head = HttpHead.read(new BufferedInputStream(connection.getInputStream(), 1_024));
    return new ReceiverAnswer(head.status(), head.retryAfter());
  }

  private static byte[] message(URI url, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(512);
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    head.append("POST ").append(path);
    if (url.getRawQuery() != null) {
      head.append('?').append(url.getRawQuery());
    }
    head.append(" HTTP/1.1\r\n");
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    header(head, "Host", url.getHost() + port);
    header(head, "Connection", "close");
    header(head, "User-Agent", "Handoff-Webhooks");
    header(head, "Content-Type", "application/json; charset=UTF-8");
    header(head, "Content-Length", Integer.toString(body.length));
    headers.forEach((name, value) -> header(head, name, value));
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[first.length + body.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }

  private static void header(StringBuilder head, String name, String value) {
    if ((name + value).chars().anyMatch(c -> c == '\r' || c == '\n')) {
      throw new IllegalArgumentException("a header has no line break: " + name);
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private Socket connect(String host, int port) throws IOException {
    IOException last = new UnknownHostException(host);
    long end = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
    for (InetAddress address : names.resolve(host)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("no address of the receiver answered in time");
      }
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, port), (int) left);
        return socket;
      } catch (IOException notThere) {
        closeQuietly(socket);
        last = notThere;
      }
    }
    throw last;
  }

  /// Encrypts the connection, and has the certificate checked against the host's name, which is not
  /// resolved again.
  private static SSLSocket secured(Socket connection, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secure = (SSLSocket) factory.createSocket(connection, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      // It is not used any more.
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
