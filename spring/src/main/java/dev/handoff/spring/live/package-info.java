/// What goes out while it happens: streams of a task's events and of all of an owner's tasks, and
/// the WebSocket that carries many of both. One place counts, tends and ends them all. Depends on
/// `web` (who asks, refusals), `wire` and the engine; start reading at [TaskStreams].
@NullMarked
package dev.handoff.spring.live;

import org.jspecify.annotations.NullMarked;
