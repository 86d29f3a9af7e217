/// Webhooks: an owner's wish to be told over HTTP when tasks end, and how it is met. The engine
/// announces an end, and for each webhook that wants it a delivery is handed off, which is a task
/// of its own and so survives restarts and is tried again. Depends on the engine, the API's tables,
/// `web`, `wire` and `api`; start reading at [WebhookEnds].
@NullMarked
package dev.handoff.spring.webhooks;

import org.jspecify.annotations.NullMarked;
