/// The calls under `handoff.api.path`: tasks, their events as streams, cancelling, and every
/// refusal as a problem detail. Depends on the engine, `wire` and Spring MVC; start reading at
/// [TaskRoutes].
@NullMarked
package dev.handoff.spring.web;

import org.jspecify.annotations.NullMarked;
