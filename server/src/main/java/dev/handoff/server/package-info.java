/// The runnable: the systems with their pages on one web server. Only what belongs to being a
/// server of its own lives here: where pages are found, headers, error answers. May depend on
/// everything; nothing depends on it. Start reading at [HandoffServer].
@NullMarked
package dev.handoff.server;

import org.jspecify.annotations.NullMarked;
