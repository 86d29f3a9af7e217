/// What SAT Buddy does without an AI model: it solves algebra, answers from its own notes, and
/// makes practice questions whose answers are computed. Deterministic for a given source of
/// randomness; no network, no Spring. May depend on `handoff-ai` and the algebra only. Start
/// reading at [OfflineTutor] and [OfflineQuestions].
@NullMarked
package dev.handoff.systems.satbuddy.offline;

import org.jspecify.annotations.NullMarked;
