/// The contract that every store passes, in parts, and the harness that a store gives it: for those
/// who write a store. Random commands are compared with a model of the store. Start reading at
/// [TaskStoreContract].
@NullMarked
package dev.handoff.testing.store;

import org.jspecify.annotations.NullMarked;
