/// Live updates: streams of a task's events and of an owner's tasks, and the WebSocket that carries
/// several of both. [TaskStreams] counts, maintains and closes them all; start reading there.
/// Depends on `web` (callers, refusals), `wire` and the engine.
@NullMarked
package dev.handoff.spring.live;

import org.jspecify.annotations.NullMarked;
