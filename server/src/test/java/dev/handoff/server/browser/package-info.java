/// The real jar, in a process of its own, seen through a real Chromium. They run after packaging;
/// `./verify` finds the browser.
@NullMarked
package dev.handoff.server.browser;

import org.jspecify.annotations.NullMarked;
