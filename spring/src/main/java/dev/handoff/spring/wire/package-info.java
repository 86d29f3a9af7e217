/// What goes over the wire under `/api/v1`, apart from what is stored: nothing here names a node or
/// a lease. `contract/golden` fixes the shapes and tests compare in both directions. Depends on
/// core and Jackson only; start reading at [TaskView].
@NullMarked
package dev.handoff.spring.wire;

import org.jspecify.annotations.NullMarked;
