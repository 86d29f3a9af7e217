/// Handoff beside its peers, on the same machine in the same run; `benchmarks/compare` starts it.
/// [Compare] leads: it brings up the stores, starts each measured program as a process of its own
/// ([Measured]) and prints the table. BullMQ's program is in `benchmarks/bullmq`.
@NullMarked
package dev.handoff.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
