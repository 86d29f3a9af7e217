/// What every call over HTTP needs: who is calling and what they may see, bounds on bodies, and
/// every refusal as a problem detail. Depends on the engine, `wire` and Spring MVC; start reading
/// at [TaskVisibility].
@NullMarked
package dev.handoff.spring.web;

import org.jspecify.annotations.NullMarked;
