package dev.handoff.systems.accounts.people;

import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.api.ListFilters;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.AccountStore.AccountSearch;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.accounts.people.AccountCalls.PersonList;
import dev.handoff.systems.accounts.people.AccountCalls.PersonView;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.web.servlet.function.ServerRequest;

/// A page of the list of accounts that a request asks for.
///
/// @param search asks for one more than the page has, so that the last page is known
record AccountPages(AccountSearch search) {
  private static final List<String> PARAMETERS =
      List.of("q", "role", "tenant", ListFilters.LIMIT, ListFilters.CURSOR);

  static EndpointDoc doc() {
    return EndpointDoc.call("listAccounts", "Accounts by user name, a page at a time")
        .query("q", String.class, "Only those whose user name begins like this")
        .query("role", String.class, "Only those with this role: user, instructor or admin")
        .query("tenant", String.class, "Only those of this tenant")
        .query("limit", Integer.class, "The most on a page, 1 to 200; 50 unless given")
        .query("cursor", String.class, "Go on where the page with this `next` ended")
        .answers(200, PersonList.class, "A page; next is null on the last one");
  }

  static AccountPages of(ServerRequest request) {
    ListFilters filters = ListFilters.of(request, PARAMETERS);
    Optional<String> role = filters.text("role");
    Optional<Role> wanted = role.flatMap(Role::ofName);
    if (role.isPresent() && wanted.isEmpty()) {
      throw ListFilters.refused("role", "is user, instructor or admin");
    }
    return new AccountPages(
        new AccountSearch(
            filters.text("q").orElse(""),
            wanted,
            filters.text("tenant").orElse(""),
            filters.text(ListFilters.CURSOR).map(AccountPages::decoded).orElse(""),
            filters.limit() + 1));
  }

  /// The answer, of what was found.
  PersonList cut(List<Account> found) {
    boolean more = found.size() == search.limit();
    List<Account> page = more ? found.subList(0, found.size() - 1) : found;
    return new PersonList(
        page.stream().map(PersonView::of).toList(),
        more ? encoded(page.getLast().username()) : null);
  }

  private static String encoded(String username) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(username.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String cursor) {
    try {
      String username = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (username.indexOf('\0') < 0) {
        return username;
      }
    } catch (IllegalArgumentException none) {
      throw new ProblemException(Problem.INVALID_CURSOR);
    }
    throw new ProblemException(Problem.INVALID_CURSOR);
  }
}
