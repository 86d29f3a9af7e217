package dev.handoff.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ReservedPortTest {
  @Test
  void aPortIsReservedWhileNobodyListensOnIt() throws IOException {
    ReservedPort port = ReservedPort.any();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> ReservedPort.of(port.number()));
    port.close();
    ReservedPort.of(port.number()).close();
  }

  @Test
  void aPortWithAServerIsNotFree() throws IOException {
    int number;
    try (ReservedPort port = ReservedPort.any()) {
      number = port.number();
    }
    try (ServerSocket server = new ServerSocket(number, 1, InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> ReservedPort.of(number));
      assertThat(server.getLocalPort()).isEqualTo(number);
    }
    ReservedPort.of(number).close();
  }
}
