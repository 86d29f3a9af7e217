package dev.handoff.systems.teamevaluation.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.MemberTable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/// The member of a school behind a request, as it is in the database now. Safe for use by many
/// threads.
record CurrentMember(CurrentCaller callers, AccountStore accounts, MemberTable members) {
  static final String NO_LOGIN = "Not authenticated. Please log in.";
  static final String BAD_TOKEN = "Invalid or expired token";
  static final String OTHER_SCHOOL = "School ID mismatch";

  private static final String ARCHIVED = "User account is archived";

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
}
