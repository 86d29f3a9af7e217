/// The engine in a Spring Boot application: auto-configuration and settings here, the calls under
/// `handoff.api.path` in `web`, what they answer in `wire`, the care for settings in `settings`.
/// May depend on core, jdbc and Spring; knows no system and no particular login: who is calling is
/// asked of [dev.handoff.spring.web.CurrentCaller]. Start reading at [HandoffAutoConfiguration].
@NullMarked
package dev.handoff.spring;

import org.jspecify.annotations.NullMarked;
