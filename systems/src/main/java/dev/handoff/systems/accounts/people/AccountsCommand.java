package dev.handoff.systems.accounts.people;

import dev.handoff.systems.SiteProperties;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.Account.PersonName;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.accounts.people.AccountAdmin.NewAccount;
import dev.handoff.systems.accounts.people.CommandLine.UsageException;
import dev.handoff.systems.kit.RefusedException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/// The command `start accounts`: makes and changes accounts in the database that the settings name,
/// also while a server runs on it. Nothing secret is among its arguments: a password is one line of
/// standard input. Ends with 0, with 1 when something is refused, and with 2 when the command is
/// not written as it should be.
public final class AccountsCommand {
  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int MISUSED = 2;
  private static final int LONGEST_LINE = 1_000;

  private static final String USAGE =
      """
      accounts add <username> --role=user|instructor|admin [--tenant=T] [--first-name=F] [--last-name=L] [--link]
      accounts list
      accounts password <username> [--link]
      accounts role <username> --role=user|instructor|admin
      accounts deactivate|activate|sessions|end-sessions <username>
      A password is one line of standard input; with --link a link is printed instead, with which its owner sets it.
      All take --handoff.data-dir=… or --handoff.store.url=… and the server's other settings.
      """;

  private final Reader in;
  private final PrintStream out;
  private final PrintStream err;

  /// @param in where a password is read
  public AccountsCommand(Reader in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /// On the console of this process, where a password is typed unseen.
  public static AccountsCommand onConsole() {
    return new AccountsCommand(
        new InputStreamReader(System.in, StandardCharsets.UTF_8), System.out, System.err);
  }

  /// Runs the command with these words behind `accounts`.
  ///
  /// @return the exit code
  public int run(List<String> words) {
    CommandLine command;
    Optional<Role> role;
    try {
      command = CommandLine.parse(words);
      role = command.option(CommandLine.ROLE).map(AccountsCommand::role);
    } catch (UsageException misused) {
      err.println(misused.getMessage());
      err.print(USAGE);
      return MISUSED;
    }
    try (ConfigurableApplicationContext context = open(command)) {
      AccountAdmin admin = context.getBean(AccountAdmin.class);
      LinkAddress links =
          new LinkAddress(context.getBean(SiteProperties.class), context.getEnvironment());
      act(command, role, new Place(admin, links));
      return DONE;
    } catch (RefusedException refused) {
      err.println(refused.words());
    } catch (RuntimeException failed) {
      err.println(rootOf(failed));
    }
    return REFUSED;
  }

  private record Place(AccountAdmin admin, LinkAddress links) {
    Account find(String username) {
      return admin
          .find(username)
          .orElseThrow(() -> RefusedException.of(404, "There is no account of this name."));
    }
  }

  private void act(CommandLine command, Optional<Role> role, Place place) {
    AccountAdmin admin = place.admin();
    String username = command.username().orElse("");
    switch (command.verb()) {
      case LIST -> admin.all().forEach(this::print);
      case ADD -> add(command, role.orElseThrow(), place);
      case PASSWORD -> setPassword(command, place);
      case ROLE_CHANGE -> admin.setRole(place.find(username), role.orElseThrow());
      case DEACTIVATE -> admin.deactivate(place.find(username));
      case ACTIVATE -> admin.activate(place.find(username));
      case SESSIONS ->
          admin
              .sessionsOf(place.find(username))
              .forEach(session ->
                  print(
                      session.id(),
                      session.createdAt(),
                      session.lastUsedAt(),
                      session.device().address(),
                      session.device().agent()));
      case END_SESSIONS -> out.println(admin.endSessions(place.find(username)));
    }
  }

  private void add(CommandLine command, Role role, Place place) {
    String username = command.username().orElseThrow();
    NewAccount asked =
        new NewAccount(
            username,
            role,
            command.option(CommandLine.TENANT).orElse(null),
            new PersonName(
                command.option(CommandLine.FIRST_NAME).orElse(username),
                command.option(CommandLine.LAST_NAME).orElse("")));
    if (command.wantsLink()) {
      out.println(place.links().of(place.admin().invite(asked)));
    } else {
      var _ = place.admin().add(asked, password());
    }
  }

  private void setPassword(CommandLine command, Place place) {
    Account account = place.find(command.username().orElseThrow());
    if (command.wantsLink()) {
      out.println(place.links().of(place.admin().passwordLink(account)));
    } else {
      place.admin().setPassword(account, password());
    }
  }

  private void print(Account account) {
    print(
        account.username(),
        account.role().nameInCalls(),
        account.standing().tenant(),
        account.standing().active() ? "active" : "deactivated",
        account.id());
  }

  // A tab between columns, and a dash where there is nothing.
  private void print(@org.jspecify.annotations.Nullable Object... columns) {
    List<String> texts = new ArrayList<>();
    for (Object column : columns) {
      String text = Objects.toString(column, "-").replaceAll("\\p{Cntrl}", " ");
      texts.add(text.isEmpty() ? "-" : text);
    }
    out.println(String.join("\t", texts));
  }

  private String password() {
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (terminal.isPresent()) {
      char[] typed = terminal.get().readPassword("Password: ");
      return typed == null ? "" : new String(typed);
    }
    try {
      StringBuilder line = new StringBuilder();
      BufferedReader lines = new BufferedReader(in);
      for (int next = lines.read(); next >= 0 && next != '\n'; next = lines.read()) {
        line.append((char) next);
        if (line.length() > LONGEST_LINE) {
          break;
        }
      }
      boolean carriageReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
      return line.substring(0, line.length() - (carriageReturn ? 1 : 0));
    } catch (IOException e) {
      throw new UncheckedIOException("no password can be read from standard input", e);
    }
  }

  private static Role role(String word) {
    return Role.ofName(word)
        .orElseThrow(() -> new UsageException("--role is user, instructor or admin, was " + word));
  }

  private static ConfigurableApplicationContext open(CommandLine command) {
    List<String> settings = new ArrayList<>(command.settings());
    // What is printed is the command's answer.
    settings.add("--logging.threshold.console=off");
    if (command.verb() == CommandLine.Verb.ADD) {
      settings.add("--" + CommandConfiguration.MAY_CREATE + "=true");
    }
    SpringApplication application = new SpringApplication(CommandConfiguration.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    return application.run(settings.toArray(String[]::new));
  }

  private static String rootOf(Throwable failed) {
    Throwable root = failed;
    for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return Objects.requireNonNullElse(root.getMessage(), root.toString());
  }
}
