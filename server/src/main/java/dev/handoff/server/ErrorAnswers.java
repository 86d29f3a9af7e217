package dev.handoff.server;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemWriter;
import dev.handoff.spring.wire.WireJson;
import dev.handoff.systems.kit.Refusal;
import dev.handoff.systems.kit.RefusalAnswers;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.kit.Systems;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// What is answered when no call and no page took a request, or the container refused it: a problem
/// detail, the systems' JSON, or a small page. None of them says anything about the inside.
@Controller
final class ErrorAnswers implements ErrorController {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>{title}</title>
      <style>
        :root { color-scheme: light dark; background: light-dark(#f8f9fd, #0d1017); color: light-dark(#14181f, #eceff5) }
        a { color: light-dark(#2f55b7, #8fb0f5) }
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 30rem; padding: 0 1rem }
      </style>
      <main>
        <h1>{title}</h1>
        <p>{words}</p>
        <p><a href="/">To the start page</a></p>
      </main>
      </html>
      """;

  private final Systems systems;

  ErrorAnswers(Systems systems) {
    this.systems = systems;
  }

  @RequestMapping("/error")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    String path =
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri ? uri : "/";
    if (systems.isApi(path)) {
      ProblemWriter.write(problem(status), request, response);
    } else if (systems.isCall(path) || !wantsPage(request)) {
      RefusalForm.Answer answer = systems.answer(refusal(status, path, request), path);
      write(
          response,
          answer.status(),
          MediaType.APPLICATION_JSON_VALUE,
          WireJson.write(answer.body()));
    } else {
      write(
          response,
          status,
          "text/html;charset=utf-8",
          PAGE.replace("{title}", title(status)).replace("{words}", words(status)));
    }
  }

  private static Refusal refusal(int status, String path, HttpServletRequest request) {
    // The dispatch to here is a GET, whatever was asked.
    String method =
        request.getAttribute(RequestDispatcher.ERROR_METHOD) instanceof String asked
            ? asked
            : request.getMethod();
    return status < 500
        ? Refusal.unrouted(status, words(status), path, method)
        : Refusal.of(Refusal.Why.DEFECT, status, words(status));
  }

  private static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
  }

  static Problem problem(int status) {
    return switch (status) {
      case 401 -> Problem.NOT_AUTHENTICATED;
      case 403 -> Problem.FORBIDDEN;
      case 404 -> Problem.NO_SUCH_ENDPOINT;
      case 405 -> Problem.METHOD_NOT_ALLOWED;
      case 413 -> Problem.BODY_TOO_LARGE;
      case 414 -> Problem.ADDRESS_TOO_LONG;
      case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
      case 431 -> Problem.HEADERS_TOO_LONG;
      case 503 -> Problem.UNAVAILABLE;
      default -> status < 500 ? Problem.INVALID_REQUEST : Problem.INTERNAL;
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 404 -> "This page does not exist";
      default -> status < 500 ? "This did not work" : "Something went wrong";
    };
  }

  private static String words(int status) {
    return switch (status) {
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 406 -> "Not acceptable";
      case 413 -> RefusalAnswers.TOO_LARGE;
      case 415 -> "Unsupported media type";
      default -> status < 500 ? "Invalid request" : RefusalAnswers.OUR_FAULT;
    };
  }

  private static void write(HttpServletResponse response, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    // Sent now: while an answer waits in the buffer, a failure of the container's own clean-up can
    // still replace its status by 500.
    response.flushBuffer();
  }
}
