/// Tests of the durable store: the contract of every store, and what is special about SQLite.
@NullMarked
package dev.handoff.jdbc;

import org.jspecify.annotations.NullMarked;
