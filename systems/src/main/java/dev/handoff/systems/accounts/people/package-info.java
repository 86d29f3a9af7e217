/// Making, changing and ending accounts: by the command `start accounts`, which works on the
/// database beside a running server, and by links that are good once. Uses the accounts' tables;
/// nothing in the package above uses this one. Start reading at [AccountAdmin].
@NullMarked
package dev.handoff.systems.accounts.people;

import org.jspecify.annotations.NullMarked;
