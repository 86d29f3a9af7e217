/// Tests of SAT Buddy's chats.
@NullMarked
package dev.handoff.systems.satbuddy.conversation;

import org.jspecify.annotations.NullMarked;
