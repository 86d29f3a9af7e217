package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.EngineEvent.TasksRescued;
import dev.handoff.Handoff;
import dev.handoff.LeaseTerms;
import dev.handoff.NodeId;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Role;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskType;
import dev.handoff.store.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What an engine does when leases of other nodes expire, on a clock that only the test moves;
/// extend it with a store to run it there.
public abstract class LeaseTimeContract extends SteppedEngineContract {
  private static final LeaseTerms TERMS = LeaseTerms.DEFAULTS;
  private static final TaskType<String, String> TALE = type("tale", Policy.DEFAULTS);
  private static final NodeId OTHER = new NodeId("other");

  private Handoff started() {
    return engine.startByHand(TALE, (request, context) -> Outcome.done(""));
  }

  private TaskId heldByOther(Handoff handoff) {
    store.join(new Node(OTHER, Role.WORKER), TERMS.length());
    TaskId task = handoff.submit(TALE, "x", BY_ASHA);
    assertThat(store.claim(task, OTHER)).isPresent();
    return task;
  }

  private boolean isHeldByOther(TaskId task) {
    return engine.task(task).state() instanceof Processing processing
        && processing.lease().node().equals(OTHER);
  }

  @Test
  final void whoseRenewalHungLetsTheOthersRenewFirst() {
    Handoff handoff = started();
    TaskId task = heldByOther(handoff);
    clock.advance(TERMS.renewEvery());

    // The renewal takes longer than a lease, as on a store that hangs.
    clock.leapAfterOwn(1, TERMS.length());
    handoff.runDue();

    assertThat(isHeldByOther(task)).isTrue();
    assertThat(store.renew(OTHER, TERMS.length())).isTrue();
    clock.advance(TERMS.renewEvery());
    handoff.runDue();
    assertThat(isHeldByOther(task)).isTrue();
    assertThat(engine.reported()).noneMatch(TasksRescued.class::isInstance);
  }

  @Test
  final void whatAHungRenewalWroteIsRenewedAtOnce() {
    Handoff handoff = started();
    clock.leapAfterOwn(1, TERMS.length());
    handoff.runDue();
    clock.advance(TERMS.length().minusMillis(1));

    assertThat(store.hasWorkers()).isTrue();
  }

  @Test
  final void aDeadNodeIsFoundAfterAHangAllTheSame() {
    Handoff handoff = started();
    TaskId task = heldByOther(handoff);
    clock.leapAfterOwn(1, TERMS.length());
    handoff.runDue();
    assertThat(isHeldByOther(task)).isTrue();

    for (Duration gone = Duration.ZERO;
        gone.compareTo(TERMS.length()) <= 0;
        gone = gone.plus(TERMS.renewEvery())) {
      clock.advance(TERMS.renewEvery());
      handoff.runDue();
    }

    assertThat(engine.awaitEnd(task).activity().attempt()).isEqualTo(2);
  }

  @Test
  final void aDeadNodeIsFoundAsSoonAsItsLeaseEndsWhenNothingHung() {
    Handoff handoff = started();
    TaskId task = heldByOther(handoff);
    clock.advance(TERMS.length().minusMillis(1));
    handoff.runDue();
    assertThat(isHeldByOther(task)).isTrue();

    clock.advance(Duration.ofMillis(1));
    handoff.runDue();

    assertThat(engine.awaitEnd(task).activity().attempt()).isEqualTo(2);
  }
}
