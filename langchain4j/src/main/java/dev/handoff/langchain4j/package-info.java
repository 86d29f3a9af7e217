/// Models of LangChain4j as durable steps of a task. [DurableChatModel] is the way in;
/// [InterruptibleHttpClient] is the HTTP client to build models with.
@NullMarked
package dev.handoff.langchain4j;

import org.jspecify.annotations.NullMarked;
