/// Webhooks: messages over HTTP to an owner's server when tasks end. The engine announces an end.
/// For each webhook that subscribed to it a delivery is submitted, which is a task of its own: it
/// survives restarts and is retried. Depends on the engine, the API's tables, `web`, `wire` and
/// `api`; start reading at [WebhookEnds].
@NullMarked
package dev.handoff.spring.webhooks;

import org.jspecify.annotations.NullMarked;
