/// The JSON of `handoff.api.path`, separate from what is stored: it does not contain nodes and
/// leases. `contract/golden` fixes the form, and tests compare both directions. Depends on core and
/// Jackson only; start reading at [TaskView].
@NullMarked
package dev.handoff.spring.wire;

import org.jspecify.annotations.NullMarked;
