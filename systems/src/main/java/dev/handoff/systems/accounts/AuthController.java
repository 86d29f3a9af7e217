package dev.handoff.systems.accounts;

import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.accounts.AccountViews.DemoAccount;
import dev.handoff.systems.accounts.AccountViews.LoggedIn;
import dev.handoff.systems.accounts.AccountViews.Me;
import dev.handoff.systems.accounts.AccountViews.Student;
import dev.handoff.systems.accounts.LoginSession.Device;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The login's calls. Each path also works with the slash at its end that its clients send.
@RestController
@RequestMapping("/api/auth")
record AuthController(
    Logins logins,
    StudentProfiles students,
    CurrentAccount currentAccount,
    AccountsProperties settings,
    DemoProperties demo) {
  @PostMapping("/login")
  LoggedIn logIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
    JsonBody body = JsonBody.of(request);
    String username = body.text("username").orElse("").strip();
    String password = body.text("password").orElse("");
    if (username.isEmpty() || password.isEmpty()) {
      throw RefusedException.badRequest("Username and password are required");
    }
    Device device = new Device(request.getRemoteAddr(), request.getHeader(HttpHeaders.USER_AGENT));
    return loggedIn(logins.logIn(username, password, device), request, response);
  }

  @PostMapping("/refresh")
  LoggedIn refresh(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String token = refreshToken(request).orElseThrow(() -> RefusedException.of(401, Logins.ENDED));
    return loggedIn(logins.renew(token), request, response);
  }

  @PostMapping("/logout")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void logOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
    refreshToken(request).ifPresent(logins::logOut);
    LoginCookies.clear(new LoginCookies.Exchange(request, response));
  }

  @GetMapping("/me")
  Me me(HttpServletRequest request) {
    return Me.of(currentAccount.of(request));
  }

  @GetMapping("/demo-accounts")
  List<DemoAccount> demoAccounts() {
    if (!demo.demo()) {
      throw RefusedException.of(404, "Not found");
    }
    return DemoAccounts.shown();
  }

  private LoggedIn loggedIn(
      Logins.Session session, HttpServletRequest request, HttpServletResponse response) {
    LoginCookies.set(session, settings, new LoginCookies.Exchange(request, response));
    return new LoggedIn(
        session.access(),
        session.refresh(),
        settings.accessTokenLifetime().toSeconds(),
        Me.of(session.account()),
        Student.of(session.account(), students.of(session.account())));
  }

  private static Optional<String> refreshToken(HttpServletRequest request) throws IOException {
    Optional<String> sent = JsonBody.ofOptional(request).text("refresh");
    return sent.isPresent() ? sent : LoginCookies.refresh(request);
  }
}
