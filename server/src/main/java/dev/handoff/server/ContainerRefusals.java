package dev.handoff.server;

import dev.handoff.spring.web.RequestIdFilter;
import dev.handoff.spring.wire.ProblemView;
import dev.handoff.spring.wire.WireJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// How a request is answered that is so broken that it reaches no servlet: its first line or its
/// headers are too long or no HTTP. A problem detail whatever it asked for, which often nobody can
/// tell, instead of Jetty's page, which names Jetty.
final class ContainerRefusals implements Request.Handler {
  private static final int LONGEST_SHOWN = 4_000;

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status =
        request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer code ? code : 500;
    String id = RequestIdFilter.newId();
    ProblemView problem =
        ErrorAnswers.problem(status).at(path(request.getHttpURI()), Map.of("requestId", id));
    byte[] json = WireJson.write(problem).getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    // Jetty closes the connection. A caller that is not told sends its next request there.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(RequestIdFilter.HEADER, id);
    response.write(true, ByteBuffer.wrap(json), callback);
    return true;
  }

  private static String path(HttpURI asked) {
    String path = asked == null ? null : asked.getPath();
    return path == null || path.length() > LONGEST_SHOWN ? "/" : path;
  }
}
