/// The inside of the PostgreSQL store: calls of many threads are gathered into batches that share a
/// statement, connections are retried until the server answers, and one session listens for
/// notifications and holds the locks that show which nodes live. The statements are in the classes
/// that are named for what they do, as in `dev.handoff.jdbc.sqlite`. Inside the module only.
@NullMarked
package dev.handoff.jdbc.postgres;

import org.jspecify.annotations.NullMarked;
