package dev.handoff.systems.accounts;

import dev.handoff.spring.settings.InvalidSettingException;
import dev.handoff.systems.accounts.Account.AccountState;
import dev.handoff.systems.accounts.Account.PersonName;
import dev.handoff.systems.accounts.AccountViews.DemoAccount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/// The accounts of a demo server, all with the password `handoff`. Their ids follow from their
/// names, so a server started again on an empty folder has the same ones.
final class DemoAccounts {
  private static final String PASSWORD = "handoff";
  private static final String SCHOOL_1 = "school-1";
  private static final String SCHOOL_2 = "school-2";

  private static final List<DemoPersonRow> PEOPLE =
      List.of(
          new DemoPersonRow("asha@demo.test", "Asha", "Rao", "Pupil and exam student"),
          new DemoPersonRow("ben@demo.test", "Ben", "Okafor", "Pupil and exam student, premium")
              .paying(),
          pupil("456", "Sanne", "de Vries", "Pupil 456 of school 1, evaluation 123"),
          pupil("457", "Daan", "Jansen", "Pupil 457 of school 1, evaluation 123"),
          pupil("458", "Noor", "Bakker", "Pupil 458 of school 1, no feedback yet"),
          teacher("1", "Marieke", "Visser"),
          new DemoPersonRow(
                  "556@school2.test", "Lars", "Smit", "Pupil 556 of school 2, evaluation 223")
              .at(SCHOOL_2),
          teacher("2", "Joost", "Mulder"),
          new DemoPersonRow("trainer@demo.test", "Tina", "Berg", "Trainer")
              .as(Role.INSTRUCTOR)
              .startingAt(DemoStart.VIDEOS),
          new DemoPersonRow("trainer2@demo.test", "Tom", "Reyes", "Another trainer")
              .as(Role.INSTRUCTOR)
              .startingAt(DemoStart.VIDEOS),
          owner("owner@demo.test", "Olivia", "Stone", "Business owner with 100,000 tokens"),
          owner("low@demo.test", "Leo", "Park", "Business owner with 699 tokens"),
          owner("exact@demo.test", "Ella", "Ward", "Business owner with 700 tokens"),
          owner("zero@demo.test", "Zoe", "Hart", "Business owner without tokens"),
          owner("expired@demo.test", "Eva", "Lind", "Business owner, subscription over"),
          owner("deactivated@demo.test", "Dan", "Cole", "Business owner, switched off"),
          owner("nosub@demo.test", "Nina", "Frost", "Business owner without subscription"),
          new DemoPersonRow("admin@demo.test", "Ada", "Meyer", "Operator")
              .as(Role.ADMIN)
              .startingAt(DemoStart.OPERATION));

  private DemoAccounts() {}

  /// What an account is for, and the page it begins on.
  private enum DemoStart {
    LEARNING("SAT Buddy and Zone Insights", "/"),
    TEAM("Team Evaluatie", "/evaluaties/"),
    VIDEOS("Training Videos", "/training/"),
    PROMPTS("Prompt generation", "/web-knowledge/prompt/"),
    OPERATION("Operation", "/");

    private final String system;
    private final String page;

    DemoStart(String system, String page) {
      this.system = system;
      this.page = page;
    }
  }

  private record DemoPersonRow(
      String email,
      PersonName name,
      String description,
      Role role,
      boolean premium,
      @Nullable String tenant,
      DemoStart start) {
    DemoPersonRow(String email, String first, String last, String description) {
      this(
          email,
          new PersonName(first, last),
          description,
          Role.USER,
          false,
          null,
          DemoStart.LEARNING);
    }

    DemoPersonRow as(Role role) {
      return new DemoPersonRow(email, name, description, role, premium, tenant, start);
    }

    DemoPersonRow paying() {
      return new DemoPersonRow(email, name, description, role, true, tenant, start);
    }

    DemoPersonRow at(String school) {
      return new DemoPersonRow(email, name, description, role, premium, school, DemoStart.TEAM);
    }

    DemoPersonRow startingAt(DemoStart other) {
      return new DemoPersonRow(email, name, description, role, premium, tenant, other);
    }

    DemoAccount shown() {
      return new DemoAccount(email, description, start.system, start.page);
    }

    Account account() {
      UUID id = UUID.nameUUIDFromBytes(("handoff demo " + email).getBytes(StandardCharsets.UTF_8));
      String timezone = tenant == null ? "Europe/London" : "Europe/Amsterdam";
      return new Account(
          id, email, email, name, timezone, role, new AccountState(true, premium, tenant));
    }
  }

  private static DemoPersonRow pupil(String number, String first, String last, String description) {
    return new DemoPersonRow(number + "@school1.test", first, last, description).at(SCHOOL_1);
  }

  private static DemoPersonRow owner(String email, String first, String last, String description) {
    return new DemoPersonRow(email, first, last, description).startingAt(DemoStart.PROMPTS);
  }

  private static DemoPersonRow teacher(String school, String first, String last) {
    String email = "teacher@school" + school + ".test";
    return new DemoPersonRow(email, first, last, "Teacher of school " + school)
        .as(Role.INSTRUCTOR)
        .at("school-" + school);
  }

  /// Adds those that are missing.
  ///
  /// @throws InvalidSettingException when the database has accounts of others: everybody would come
  ///   in beside them
  static void addTo(AccountStore accounts, PasswordEncoder passwords) {
    mark(accounts);
    if (accounts.anyBesideTheDemo()) {
      throw new InvalidSettingException(
          "handoff.demo=true would let everybody in: this database has accounts that are not the"
              + " demo's. Name another handoff.data-dir or handoff.store.url for the demo.");
    }
    // One hash for all: they share a password that everybody knows.
    String hash = passwords.encode(PASSWORD);
    PEOPLE.forEach(person -> accounts.addDemo(person.account(), hash));
  }

  /// Marks those that were added before accounts were marked.
  static void mark(AccountStore accounts) {
    PEOPLE.forEach(person -> accounts.markAsDemo(person.account().id()));
  }

  static List<DemoAccount> shown() {
    return PEOPLE.stream().map(DemoPersonRow::shown).toList();
  }
}
