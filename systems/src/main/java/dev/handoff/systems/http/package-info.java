/// How the systems' calls read JSON and refuse, alike for all of them:
/// `{"success":false,"error":…}`. Depends on Spring MVC and Jackson only; start reading at
/// [JsonBody].
@NullMarked
package dev.handoff.systems.http;

import org.jspecify.annotations.NullMarked;
