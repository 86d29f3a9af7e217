package dev.handoff.spring.api;

import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.LiveFrame;
import java.util.List;
import org.springframework.http.MediaType;

/// The call that opens a WebSocket. Safe for use by many threads.
public final class LiveCalls implements ApiCalls {
  private final Endpoint.Action opening;

  public LiveCalls(Endpoint.Action opening) {
    this.opening = opening;
  }

  /// Returns the call where WebSockets are not served: it says so.
  public static LiveCalls refused() {
    return new LiveCalls((request, caller) -> {
      throw new ProblemException(Problem.NO_WEB_SOCKETS);
    });
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/live",
            Permission.READ,
            opening,
            EndpointDoc.call(
                    "openLive",
                    "A WebSocket that follows many tasks at once, or all of them (subprotocol"
                        + " handoff.v1)")
                .streams(
                    101,
                    LiveFrame.class,
                    MediaType.APPLICATION_JSON_VALUE,
                    "Switching protocols; each message of the server is one of these, and each of"
                        + " the client's one of follow, unfollow, followAll and ping")));
  }
}
