/// Honest work without a model, a network or a key: retrieval over short notes here, exact school
/// algebra in the package below. Deterministic and bounded, whatever is put in. Start reading at
/// [NoteIndex].
@NullMarked
package dev.handoff.ai.offline;

import org.jspecify.annotations.NullMarked;
