package dev.handoff.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// How a request is answered that is so broken that it reaches no servlet: its first line or its
/// headers are too long or no HTTP. Instead of Jetty's page, which names Jetty.
final class ContainerRefusals implements Request.Handler {
  private final ErrorAnswers answers;

  ContainerRefusals(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status =
        request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer code ? code : 500;
    String path =
        request.getHttpURI() == null ? "" : String.valueOf(request.getHttpURI().getPath());
    ErrorAnswers.Plain answer = answers.plain(status, path);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(answer.text().getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
