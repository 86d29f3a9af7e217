package dev.handoff.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/// Marks tests that run a second time with the tasks on PostgreSQL, because what they test depends
/// on the store: calls, transactions, killed processes.
@Tag("postgresql")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OnBothStores {}
