/// Calls of Spring AI's `ChatClient` as durable steps of a task. [DurableChat] is the way in;
/// [InterruptibleCalls] closes the connections of calls to OpenAI that are not wanted any more.
@NullMarked
package dev.handoff.springai;

import org.jspecify.annotations.NullMarked;
