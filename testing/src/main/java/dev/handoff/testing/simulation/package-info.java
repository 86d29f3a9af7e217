/// A model of a store that many nodes share, in memory and deterministic, for simulations of the
/// engine. It keeps the contracts of [dev.handoff.testing], and stands for no database: what a disk
/// or a network does is added by whoever wraps it. It is not for users' tests of their handlers,
/// which run on a real store.
///
/// - [dev.handoff.testing.simulation.ModelDatabase] has what is committed: copied, restored, shared
///   by all stores. `ModelTables` holds its maps, `TaskIndex` the ways to find tasks in them,
///   `ModelAccounts` the budgets, `UndoLog` how a write is taken back that threw half way.
/// - [dev.handoff.testing.simulation.ModelTaskStore] is one node's store. Each call is an operation
///   on a `ModelWrite` or a question to `ModelReads`; `ModelSubmits`, `ModelClaims`,
///   `ModelAttempts`, `ModelNodes` and `ModelEnds` say what they do, `ModelClaimChoice` which tasks
///   a claim takes.
/// - [dev.handoff.testing.simulation.Hints] carry to the other stores what a `ModelCommit` says; a
///   simulation delays or drops them.
///
/// What an event makes of a task is said by [dev.handoff.testing.store.Replay], the same as in the
/// model that the SQL stores are compared with.
@NullMarked
package dev.handoff.testing.simulation;

import org.jspecify.annotations.NullMarked;
