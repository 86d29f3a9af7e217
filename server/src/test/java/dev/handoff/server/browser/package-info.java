/// The real jar, in a process of its own, seen from outside: through a real Chromium, from Node, by
/// a receiver of webhooks. They run after packaging; `./verify` finds the browser.
@NullMarked
package dev.handoff.server.browser;

import org.jspecify.annotations.NullMarked;
