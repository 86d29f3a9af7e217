/// The server over real HTTP: a real database in a temporary folder, a scripted model in place of
/// the provider. Start reading at [TestServer].
@NullMarked
package dev.handoff.server;

import org.jspecify.annotations.NullMarked;
