package dev.handoff.systems.accounts;

import dev.handoff.systems.accounts.Account.AccountState;
import dev.handoff.systems.accounts.Account.PersonName;
import dev.handoff.systems.kit.SystemsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The accounts in the database. Safe for use by many threads.
public final class AccountStore {
  private static final String FIND_BY_ID = "select * from user_account where id = :id";

  private static final String FIND_BY_LOGIN =
      """
      select * from user_account
      where lower(username) = :login or lower(email) = :login
      limit 1
      """;

  // Two of one name: neither is meant.
  private static final String FIND_STUDENT =
      """
      select * from user_account
      where lower(first_name || ' ' || last_name) = :login
        or 'stu' || substr(replace(id, '-', ''), 1, 12) = :login
      limit 2
      """;

  private static final String ADD =
      """
      insert into user_account
        (id, username, email, first_name, last_name, timezone, role, is_active, premium, tenant,
         password_hash, is_demo)
      values
        (:id, :username, :email, :firstName, :lastName, :timezone, :role, :active, :premium,
         :tenant, :passwordHash, :isDemo)
      on conflict do nothing
      """;

  private static final String LIST = "select * from user_account order by lower(username)";
  private static final String PAGE =
      """
      select * from user_account
      where lower(username) > :after
        and lower(username) like :prefix escape '!'
        and (:role = 0 or role = :role)
        and (:tenant = '' or tenant = :tenant)
      order by lower(username)
      limit :limit
      """;
  private static final String ANY =
      "select exists (select 1 from user_account where :demo or not is_demo)";
  private static final String MARK_DEMO =
      "update user_account set is_demo = true where id = :id and not is_demo";
  private static final String SET_PASSWORD =
      "update user_account set password_hash = :hash where id = :id";
  private static final String UPGRADE_PASSWORD =
      "update user_account set password_hash = :hash where id = :id and password_hash = :before";
  private static final String SET_ROLE = "update user_account set role = :role where id = :id";
  private static final String SET_ACTIVE =
      "update user_account set is_active = :active where id = :id";

  private final SystemsDatabase db;
  private final boolean demo;

  /// With the demo's accounts, whether the demo is on or not.
  public AccountStore(SystemsDatabase db) {
    this(db, true);
  }

  /// @param demo whether the demo is on; if not, its accounts count as deactivated
  AccountStore(SystemsDatabase db, boolean demo) {
    this.db = db;
    this.demo = demo;
  }

  /// An account together with what proves its owner.
  record Stored(Account account, String passwordHash) {}

  public Optional<Account> find(UUID id) {
    return db.sql(FIND_BY_ID)
        .param("id", id.toString())
        .query((row, _) -> stored(row))
        .optional()
        .map(Stored::account);
  }

  public Optional<Account> findByName(String name) {
    return findByLogin(name).map(Stored::account);
  }

  public List<Account> all() {
    return db.sql(LIST).query((row, _) -> stored(row).account()).list();
  }

  /// Which accounts are asked for.
  ///
  /// @param prefix how the user name begins; empty for any
  /// @param tenant empty for any
  /// @param after the user name after which the page begins; empty for the first page
  public record AccountSearch(
      String prefix, Optional<Role> role, String tenant, String after, int limit) {}

  /// A page of accounts, by user name.
  public List<Account> page(AccountSearch search) {
    String prefix = search.prefix().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    return db.sql(PAGE)
        .param("after", search.after().toLowerCase(Locale.ROOT))
        .param("prefix", prefix)
        .param("role", search.role().map(Role::weight).orElse(0))
        .param("tenant", search.tenant())
        .param("limit", search.limit())
        .query((row, _) -> stored(row).account())
        .list();
  }

  /// Whether there is an account that may be used.
  public boolean any() {
    return db.sql(ANY).param("demo", demo).query(Boolean.class).single();
  }

  /// Whether there is an account that is not the demo's.
  boolean anyBesideTheDemo() {
    return db.sql(ANY).param("demo", false).query(Boolean.class).single();
  }

  /// Marks an account as the demo's, if there is one with this id.
  void markAsDemo(UUID id) {
    var _ = db.sql(MARK_DEMO).param("id", id.toString()).update();
  }

  public void setPasswordHash(UUID id, String hash) {
    var _ = db.sql(SET_PASSWORD).param("hash", hash).param("id", id.toString()).update();
  }

  /// Replaces the hash of a password that stays the same, unless it was changed meanwhile.
  void upgradeHash(Stored stored, String hash) {
    var _ =
        db.sql(UPGRADE_PASSWORD)
            .param("hash", hash)
            .param("id", stored.account().id().toString())
            .param("before", stored.passwordHash())
            .update();
  }

  public void setRole(UUID id, Role role) {
    var _ = db.sql(SET_ROLE).param("role", role.weight()).param("id", id.toString()).update();
  }

  public void setActive(UUID id, boolean active) {
    var _ = db.sql(SET_ACTIVE).param("active", active).param("id", id.toString()).update();
  }

  /// The account with exactly this user name or e-mail address, in upper or lower case.
  public Optional<Account> findByUsername(String username) {
    return username.indexOf('\0') >= 0
        ? Optional.empty()
        : find(FIND_BY_LOGIN, username).map(Stored::account);
  }

  /// The account with this user name or e-mail address, else the only one with this student id or
  /// full name; all in upper or lower case.
  Optional<Stored> findByLogin(String login) {
    // No name has one, and PostgreSQL refuses it.
    if (login.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    Optional<Stored> found = find(FIND_BY_LOGIN, login);
    return found.isPresent() ? found : find(FIND_STUDENT, login);
  }

  private Optional<Stored> find(String statement, String login) {
    List<Stored> found =
        db.sql(statement)
            .param("login", login.toLowerCase(Locale.ROOT))
            .query((row, _) -> stored(row))
            .list();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// Adds an account unless its id, name or address is taken.
  ///
  /// @return whether it was added
  public boolean add(Account account, String passwordHash) {
    return add(account, passwordHash, false);
  }

  /// The same for an account of the demo.
  void addDemo(Account account, String passwordHash) {
    var _ = add(account, passwordHash, true);
  }

  private boolean add(Account account, String passwordHash, boolean isDemo) {
    return db.sql(ADD)
            .param("id", account.id().toString())
            .param("username", account.username())
            .param("email", account.email())
            .param("firstName", account.name().first())
            .param("lastName", account.name().last())
            .param("timezone", account.timezone())
            .param("role", account.role().weight())
            .param("active", account.standing().active())
            .param("premium", account.standing().premium())
            .param("tenant", account.standing().tenant())
            .param("passwordHash", passwordHash)
            .param("isDemo", isDemo)
            .update()
        == 1;
  }

  private Stored stored(ResultSet row) throws SQLException {
    Account account =
        new Account(
            UUID.fromString(row.getString("id")),
            row.getString("username"),
            row.getString("email"),
            new PersonName(row.getString("first_name"), row.getString("last_name")),
            row.getString("timezone"),
            Role.ofWeight(row.getInt("role")),
            new AccountState(
                row.getBoolean("is_active") && (demo || !row.getBoolean("is_demo")),
                row.getBoolean("premium"),
                row.getString("tenant")));
    return new Stored(account, row.getString("password_hash"));
  }
}
