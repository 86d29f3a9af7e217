package dev.handoff.systems.accounts.people;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The call of the page of one-time links. Each path also works with the slash at its end.
@RestController
record SetUpCall(AccountAdmin admin) {
  private static final int LONGEST = 1_000;

  @PostMapping("/api/auth/setup")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void setUp(HttpServletRequest request) throws IOException {
    JsonBody body = JsonBody.of(request);
    String token = body.text("token").orElse("");
    String username = body.text("username").orElse("").strip();
    String password = body.text("password").orElse("");
    if (token.isEmpty() || token.length() > LONGEST) {
      throw RefusedException.badRequest("The token of the link is missing");
    }
    if (!admin.setUp(token, username, password)) {
      throw RefusedException.of(410, "This link was used or has expired.");
    }
  }
}
