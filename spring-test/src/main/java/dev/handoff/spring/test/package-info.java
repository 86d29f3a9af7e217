/// Tests of an application's task handlers: [HandoffTest] starts an engine on a throw-away store
/// whose clock stands still, and [TaskTester] runs tasks on it. Start reading there.
@NullMarked
package dev.handoff.spring.test;

import org.jspecify.annotations.NullMarked;
