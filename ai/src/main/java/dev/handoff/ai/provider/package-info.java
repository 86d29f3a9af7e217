/// The models behind the seam: OpenAI's chat-completions API and the servers compatible with it,
/// and the providers' own APIs. May depend on [dev.handoff.ai] only; nothing outside sees a
/// LangChain4j type. Start reading at [AiProviders]; what servers send is read by
/// [CompletionReader].
@NullMarked
package dev.handoff.ai.provider;

import org.jspecify.annotations.NullMarked;
