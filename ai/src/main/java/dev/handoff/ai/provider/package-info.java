/// The models behind the seam: OpenAI's chat-completions API and the servers compatible with it,
/// through LangChain4j and a small HTTP client of our own, because the library's loses
/// `Retry-After`. May depend on [dev.handoff.ai] only; nothing outside sees a LangChain4j type.
/// Start reading at [AiProviders].
@NullMarked
package dev.handoff.ai.provider;

import org.jspecify.annotations.NullMarked;
