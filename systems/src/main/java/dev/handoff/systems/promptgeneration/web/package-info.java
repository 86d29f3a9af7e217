/// The HTTP calls of prompt generation, below `/api/v1/web-knowledge/`: the controller, what it
/// reads of a request, and how it words its answers and refusals, as the clients of the system that
/// this one replaces expect. The task and the balances are in the package above, which does not
/// know this one. Start reading at [PromptController].
@NullMarked
package dev.handoff.systems.promptgeneration.web;

import org.jspecify.annotations.NullMarked;
