/// The HTTP calls of the team evaluation: the controllers, what they read of a request, how often a
/// person may call, the open stream of a class, and how answers and refusals are worded. The rules
/// and the tables are in the package above, which does not know this one. Start reading at
/// [TeamEvaluationWebConfiguration].
@NullMarked
package dev.handoff.systems.teamevaluation.web;

import org.jspecify.annotations.NullMarked;
