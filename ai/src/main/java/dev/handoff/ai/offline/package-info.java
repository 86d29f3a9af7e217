/// Retrieval over short notes without a model, a network or a key. Deterministic and bounded for
/// every input. Start reading at [NoteIndex].
@NullMarked
package dev.handoff.ai.offline;

import org.jspecify.annotations.NullMarked;
