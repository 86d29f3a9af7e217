package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls whose body comes after their headers, as from a busy client, to endpoints that do not wait
/// for it: the connection carries the next call all the same.
class LateBodyTest {
  private static final TestServer SERVER = TestServer.shared();
  // An answer that is not there by now waits for the body.
  private static final int EARLY_MILLIS = 100;
  // A server that has just started is slower than the body.
  private static final int ROUNDS = 5;
  private static final String NEXT =
      "GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tasks/00000000-0000-7000-8000-000000000000/cancel",
        "/api/v1/tasks",
        "/api/v1/nowhere",
        "/ai/chat/message/"
      })
  void theNextCallIsAnswered(String path) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      theNextCallIsAnsweredOnce(path);
    }
  }

  private static void theNextCallIsAnsweredOnce(String path) throws IOException {
    URI server = URI.create(SERVER.anybody().baseUrl());
    String body = json("{'nonce':'%s'}", UUID.randomUUID());
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      send(
          socket,
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(path, body.length()));
      String early = early(socket);
      send(socket, body + NEXT);

      String answers = early + all(socket);

      assertThat(answers).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 200 ", "\"UP\"");
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String early(Socket socket) throws IOException {
    socket.setSoTimeout(EARLY_MILLIS);
    byte[] bytes = new byte[8192];
    try {
      int read = socket.getInputStream().read(bytes);
      return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
    } catch (SocketTimeoutException none) {
      return "";
    }
  }

  private static String all(Socket socket) throws IOException {
    socket.setSoTimeout((int) TestServer.PATIENCE.toMillis());
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
