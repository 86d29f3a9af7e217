package dev.handoff.systems.accounts.people;

import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.Account.AccountState;
import dev.handoff.systems.accounts.Account.PersonName;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.accounts.LoginSession;
import dev.handoff.systems.accounts.LoginSessions;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.SystemsDatabase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Makes and changes accounts. Each change holds at once for new logins, and within seconds for
/// those that exist. Safe for use by many threads.
public final class AccountAdmin {
  private static final int LONGEST_NAME = 150;
  private static final int LONGEST_WORD = 100;
  private static final String TIMEZONE = "UTC";

  private final SystemsDatabase db;
  private final AccountStore accounts;
  private final LoginSessions sessions;
  private final OneTimeLinks links;
  private final PasswordEncoder passwords;
  private final AuditLog audit;

  AccountAdmin(
      SystemsDatabase db,
      AccountStore accounts,
      LoginSessions sessions,
      OneTimeLinks links,
      PasswordEncoder passwords,
      AuditLog audit) {
    this.db = db;
    this.accounts = accounts;
    this.sessions = sessions;
    this.links = links;
    this.passwords = passwords;
    this.audit = audit;
  }

  /// An account to be made.
  record NewAccount(String username, Role role, @Nullable String tenant, PersonName name) {
    static NewAccount administrator(String username) {
      return new NewAccount(username, Role.ADMIN, null, new PersonName(username, ""));
    }

    /// What is wrong with it, in words for people.
    Optional<String> complaint() {
      if (!isName(username, LONGEST_NAME)) {
        return Optional.of(
            "A user name has 1 to " + LONGEST_NAME + " characters, and no spaces around it.");
      }
      boolean others =
          isText(name.first(), LONGEST_WORD)
              && isText(name.last(), LONGEST_WORD)
              && (tenant == null || isName(tenant, LONGEST_WORD));
      return others
          ? Optional.empty()
          : Optional.of(
              "Names and the tenant have at most "
                  + LONGEST_WORD
                  + " characters, and no control characters.");
    }

    private static boolean isName(String text, int longest) {
      return !text.isEmpty() && text.equals(text.strip()) && isText(text, longest);
    }

    private static boolean isText(String text, int longest) {
      return text.length() <= longest
          && text.codePoints()
              .noneMatch(point ->
                  Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }
  }

  List<Account> all() {
    return accounts.all();
  }

  List<Account> page(AccountStore.AccountSearch search) {
    return accounts.page(search);
  }

  Optional<Account> find(UUID id) {
    return accounts.find(id);
  }

  boolean hasAccounts() {
    return accounts.any();
  }

  /// The account with this user name or e-mail address.
  Optional<Account> find(String username) {
    return accounts.findByUsername(username);
  }

  /// Adds an account that can log in with this password.
  ///
  /// @throws RefusedException when the name is taken, or a rule refuses name or password
  Account add(NewAccount asked, String password) {
    refuse(asked.complaint());
    refuse(PasswordRules.complaint(password, List.of(asked.username())));
    String hash = hash(password);
    return db.inTransaction(() -> added(asked, hash));
  }

  /// Adds an account whose owner sets the password with a link; nobody can log in before.
  ///
  /// @return the token of the link
  /// @throws RefusedException when the name is taken or not accepted
  String invite(NewAccount asked) {
    refuse(asked.complaint());
    String nobodyKnowsIt = hash(UUID.randomUUID().toString());
    return db.inTransaction(() -> passwordLink(added(asked, nobodyKnowsIt)));
  }

  /// A token for a link with which the owner sets another password.
  String passwordLink(Account account) {
    return db.inTransaction(() -> {
      note(AuditKind.LINK_MADE, account);
      return links.forPasswordOf(account.id());
    });
  }

  /// Sets the password, and ends all logins.
  ///
  /// @throws RefusedException when a rule refuses it
  void setPassword(Account account, String password) {
    changePassword(account, password, "");
  }

  /// Sets the password, and ends all logins but this one.
  ///
  /// @throws RefusedException when a rule refuses it
  void changePassword(Account account, String password, String keptSession) {
    refuse(PasswordRules.complaint(password, namesOf(account)));
    String hash = hash(password);
    db.doInTransaction(() -> {
      accounts.setPasswordHash(account.id(), hash);
      var _ = sessions.endOthers(account.id(), keptSession);
      note(AuditKind.PASSWORD_CHANGED, account);
    });
  }

  void setRole(Account account, Role role) {
    db.doInTransaction(() -> {
      accounts.setRole(account.id(), role);
      audit.note(about(AuditKind.ACCOUNT_ROLE, account).target(role.nameInCalls()));
    });
  }

  /// Lets nobody log in to it any more, and ends all logins.
  void deactivate(Account account) {
    db.doInTransaction(() -> {
      accounts.setActive(account.id(), false);
      var _ = sessions.endAll(account.id());
      note(AuditKind.ACCOUNT_DEACTIVATED, account);
    });
  }

  void activate(Account account) {
    db.doInTransaction(() -> {
      accounts.setActive(account.id(), true);
      note(AuditKind.ACCOUNT_ACTIVATED, account);
    });
  }

  List<LoginSession> sessionsOf(Account account) {
    return sessions.of(account.id());
  }

  /// Ends all logins, and returns how many there were.
  int endSessions(Account account) {
    return db.inTransaction(() -> {
      int ended = sessions.endAll(account.id());
      if (ended > 0) {
        note(AuditKind.SESSION_ENDED, account);
      }
      return ended;
    });
  }

  private void note(AuditKind kind, Account account) {
    audit.note(about(kind, account));
  }

  private static AuditEvent about(AuditKind kind, Account account) {
    return AuditEvent.of(kind).about(account.id(), account.standing().tenant());
  }

  /// Makes the first account, an administrator, or sets a password, as the token of a link says.
  ///
  /// @throws RefusedException when a rule refuses name or password; the link stays good
  /// @return whether the link was good
  boolean setUp(String token, String username, String password) {
    return OneTimeLinks.isForFirstAccount(token)
        ? makeFirst(token, username, password)
        : setPasswordByLink(token, password);
  }

  private boolean makeFirst(String token, String username, String password) {
    NewAccount first = NewAccount.administrator(username);
    refuse(first.complaint());
    refuse(PasswordRules.complaint(password, List.of(username)));
    String hash = hash(password);
    return db.inTransaction(() -> {
      boolean good = links.takeFirst(token) && !accounts.any();
      if (good) {
        Account administrator = added(first, hash);
        audit.note(AuditEvent.of(AuditKind.LINK_USED).by(administrator.id(), null));
      }
      return good;
    });
  }

  private boolean setPasswordByLink(String token, String password) {
    Optional<Account> owner = links.accountOf(token).flatMap(accounts::find);
    if (owner.isEmpty()) {
      return false;
    }
    refuse(PasswordRules.complaint(password, namesOf(owner.get())));
    String hash = hash(password);
    return db.inTransaction(() -> {
      boolean good = links.take(token);
      if (good) {
        Account account = owner.get();
        accounts.setPasswordHash(account.id(), hash);
        var _ = sessions.endAll(account.id());
        audit.note(
            AuditEvent.of(AuditKind.LINK_USED).by(account.id(), account.standing().tenant()));
      }
      return good;
    });
  }

  private Account added(NewAccount asked, String hash) {
    Account account =
        new Account(
            UUID.randomUUID(),
            asked.username(),
            // Until there is another one: every account has an address of its own.
            asked.username(),
            asked.name(),
            TIMEZONE,
            asked.role(),
            new AccountState(true, false, asked.tenant()));
    if (find(asked.username()).isPresent() || !accounts.add(account, hash)) {
      throw refusal("The user name is taken.");
    }
    note(AuditKind.ACCOUNT_ADDED, account);
    return account;
  }

  private String hash(String password) {
    return Objects.requireNonNull(passwords.encode(password));
  }

  private static List<String> namesOf(Account account) {
    return List.of(account.username(), account.email());
  }

  private static void refuse(Optional<String> complaint) {
    complaint.ifPresent(words -> {
      throw refusal(words);
    });
  }

  private static RefusedException refusal(String words) {
    return RefusedException.of(422, words);
  }
}
