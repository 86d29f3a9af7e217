/// The inside of the SQLite store: one thread writes, and many callers' writes share a commit
/// ([dev.handoff.jdbc.sqlite.GroupWriter]); reads run beside it
/// ([dev.handoff.jdbc.sqlite.ReaderPool]); the application's writes take turns with the store's
/// ([dev.handoff.jdbc.sqlite.WriteGate]). The statements are in the classes that are named for what
/// they do, as in `dev.handoff.jdbc.postgres`. Inside the module only.
@NullMarked
package dev.handoff.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
