package dev.handoff.spring.live;

import dev.handoff.Handoff;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.ProblemWriter;
import dev.handoff.spring.web.TaskVisibility;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Opens WebSockets, on Jetty: its own interface tells when a message is written and takes the next
/// one only when asked to, so that neither side can fill the other. Safe for use by many threads.
public final class LiveSockets {
  private final Handoff handoff;
  private final TaskVisibility visibility;
  private final TaskStreams streams;
  private final CurrentCaller currentCaller;

  public LiveSockets(
      Handoff handoff,
      TaskVisibility visibility,
      TaskStreams streams,
      CurrentCaller currentCaller) {
    this.handoff = handoff;
    this.visibility = visibility;
    this.streams = streams;
    this.currentCaller = currentCaller;
  }

  /// Answers with a socket of this caller's.
  ///
  /// @throws ProblemException when the web server is another one, the request is for none, came
  ///   from another site's page with this site's cookie, or the owner or the node has too many open
  public ServerResponse open(ServerRequest request, Caller caller) {
    HttpServletRequest asked = request.servletRequest();
    JettyWebSocketServerContainer container =
        JettyWebSocketServerContainer.getContainer(asked.getServletContext());
    if (container == null) {
      throw new ProblemException(Problem.NO_WEB_SOCKETS);
    }
    if (!LiveProtocol.isUpgrade(asked)) {
      throw new ProblemException(
          Problem.UPGRADE_REQUIRED,
          Map.of(HttpHeaders.UPGRADE, "websocket", HttpHeaders.CONNECTION, "Upgrade"));
    }
    if (asked.getHeader(HttpHeaders.AUTHORIZATION) == null && !LiveProtocol.isOfThisSite(asked)) {
      throw new ProblemException(Problem.FOREIGN_ORIGIN);
    }
    LiveSocket socket =
        streams.take(
            caller,
            onClose ->
                new LiveSocket(
                    new LiveSocket.SocketCaller(
                        caller, currentCaller.expiry(asked), asked.getRequestURI()),
                    handoff,
                    visibility,
                    streams,
                    onClose));
    streams.watch(socket, asked);
    return ServerResponse.status(101)
        .build((ignored, response) -> upgrade(container, socket, asked, response));
  }

  private static @Nullable ModelAndView upgrade(
      JettyWebSocketServerContainer container,
      LiveSocket socket,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    boolean upgraded = false;
    try {
      upgraded =
          container.upgrade(
              (ignored, answer) -> {
                answer.setAcceptedSubProtocol(LiveProtocol.NAME);
                return socket;
              },
              request,
              response);
    } finally {
      if (!upgraded) {
        socket.gone();
      }
    }
    if (!upgraded && !response.isCommitted()) {
      response.reset();
      ProblemWriter.write(Problem.UPGRADE_REQUIRED, request, response);
    }
    return null;
  }
}
