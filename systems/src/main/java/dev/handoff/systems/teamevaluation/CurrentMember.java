package dev.handoff.systems.teamevaluation;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.http.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/// The member of a school behind a request, as it is in the database now. Safe for use by many
/// threads.
final class CurrentMember {
  static final String NO_LOGIN = "Not authenticated. Please log in.";
  static final String EXPIRED = "Session expired";
  static final String BAD_TOKEN = "Invalid or expired token";
  static final String NOT_ALLOWED = "Not allowed";

  private static final String ARCHIVED = "User account is archived";
  private static final String OTHER_SCHOOL = "School ID mismatch";

  private final CurrentCaller callers;
  private final AccountStore accounts;
  private final MemberTable members;

  CurrentMember(CurrentCaller callers, AccountStore accounts, MemberTable members) {
    this.callers = callers;
    this.accounts = accounts;
    this.members = members;
  }

  /// The member.
  ///
  /// @throws RefusedException when nobody is logged in (401), or is not of a school any more (403)
  Member of(HttpServletRequest request) {
    Caller caller = callers.of(request).orElseThrow(() -> RefusedException.of(401, NO_LOGIN));
    Account account =
        accounts
            .find(UUID.fromString(caller.owner()))
            .orElseThrow(() -> RefusedException.of(401, BAD_TOKEN));
    if (!account.standing().active()) {
      throw RefusedException.of(403, ARCHIVED);
    }
    MemberTable.Enrolled enrolled =
        members.ofAccount(caller.owner()).orElseThrow(() -> RefusedException.of(403, OTHER_SCHOOL));
    if (enrolled.archived()) {
      throw RefusedException.of(403, ARCHIVED);
    }
    if (!enrolled.member().school().tenant().equals(caller.tenant())) {
      throw RefusedException.of(403, OTHER_SCHOOL);
    }
    return enrolled.member();
  }

  /// The same, if it teaches.
  Member teacher(HttpServletRequest request) {
    Member member = of(request);
    if (member.isStudent()) {
      throw RefusedException.of(403, NOT_ALLOWED);
    }
    return member;
  }
}
