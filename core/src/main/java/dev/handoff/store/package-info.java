/// What the engine asks of a store. One contract, `TaskStoreContract` in handoff-testing, says how
/// every store behaves; start reading at [dev.handoff.store.TaskStore]. Nothing here knows SQL.
@NullMarked
package dev.handoff.store;

import org.jspecify.annotations.NullMarked;
