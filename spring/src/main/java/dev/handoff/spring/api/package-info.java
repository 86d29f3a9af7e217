/// The calls under `handoff.api.path`, a table of [Endpoint]s: the router, the OpenAPI document and
/// the tests that try every call are made from it, so that no call is without any of them. Each
/// group of calls is a bean of [ApiCalls]. Depends on `web` (who asks, refusals), `live` (streams),
/// `wire` and the engine; start reading at [ApiRoutes].
@NullMarked
package dev.handoff.spring.api;

import org.jspecify.annotations.NullMarked;
