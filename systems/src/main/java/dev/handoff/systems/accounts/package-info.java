/// Who may come in: accounts, login, tokens and the guard in front of every call. The systems ask
/// it for the [dev.handoff.systems.accounts.Account] behind a request and know nothing of tokens.
/// Depends on the starter and Spring Security; start reading at [AccountsConfiguration].
@NullMarked
package dev.handoff.systems.accounts;

import org.jspecify.annotations.NullMarked;
