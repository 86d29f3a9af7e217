package dev.handoff.testing.simulation;

import dev.handoff.store.BudgetStore;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.Claimant;
import dev.handoff.store.TaskStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A store behind a simulated network that delays, refuses, loses answers and hangs. A repeated
/// write whose answer was lost is recognized, as the real stores do.
final class FaultyStore implements InvocationHandler {
  private static final Set<String> LOCAL =
      Set.of("clock", "listen", "afterCommit", "close", "toString", "hashCode", "equals");
  private static final Set<String> REPEATED = Set.of("append", "saveStep");
  // These compare leases with the time of the call, so they run before a hang.
  private static final Set<String> RESCUES = Set.of("rescue", "rescueFromKnownDead");
  private static final Set<String> WRITES =
      Set.of(
          "submit",
          "claim",
          "append",
          "saveStep",
          "cancel",
          "cancelLate",
          "retry",
          "join",
          "renew",
          "leave",
          "announceEnds",
          "purge",
          "reserve",
          "add");

  private final Object store;
  private final SimulatedProcess process;
  private final Faults faults;
  private final Runnable onCall;
  private final Map<List<Object>, Object> unheard = new HashMap<>();

  private FaultyStore(Object store, SimulatedProcess process, Faults faults, Runnable onCall) {
    this.store = store;
    this.process = process;
    this.faults = faults;
    this.onCall = onCall;
  }

  /// The store as this process reaches it; `onCall` is told of each call.
  static TaskStore over(TaskStore store, SimulatedProcess process, Faults faults, Runnable onCall) {
    return proxy(TaskStore.class, new FaultyStore(store, process, faults, onCall));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    if (LOCAL.contains(method.getName())) {
      return call(method, arguments);
    }
    if (method.getName().equals("budgets")) {
      Object budgets = Objects.requireNonNull(call(method, arguments));
      return proxy(BudgetStore.class, new FaultyStore(budgets, process, faults, onCall));
    }
    onCall.run();
    if (RESCUES.contains(method.getName())) {
      Object rescued = read(method, arguments);
      faults.awaitCommit(process);
      return rescued;
    }
    return WRITES.contains(method.getName()) ? write(method, arguments) : read(method, arguments);
  }

  private @Nullable Object read(Method method, Object[] arguments) throws Throwable {
    faults.travel(process);
    faults.requireThere();
    faults.refuseSome();
    Object answer = call(method, arguments);
    faults.travel(process);
    return answer;
  }

  private @Nullable Object write(Method method, Object[] arguments) throws Throwable {
    boolean repeated = REPEATED.contains(method.getName());
    List<Object> key = repeated ? key(method, arguments) : List.of();
    faults.travel(process);
    faults.requireThere();
    if (repeated && unheard.containsKey(key)) {
      return unheard.remove(key);
    }
    faults.refuseSome();
    boolean starts = arguments.length > 1 && arguments[1] instanceof Claimant;
    if (starts) {
      arguments[1] = whileItTravels((Claimant) arguments[1]);
    } else {
      faults.awaitCommit(process);
    }
    Object answer = call(method, arguments);
    boolean lost = faults.losesAnswer();
    faults.travel(process);
    if (lost) {
      if (repeated) {
        unheard.put(key, answer);
      }
      throw faults.lost();
    }
    return answer;
  }

  // The claimant holds its own lock meanwhile.
  private Claimant whileItTravels(Claimant claimant) {
    return () -> {
      Optional<Claimant.Offer> offer = claimant.offer();
      boolean committed = false;
      try {
        faults.awaitCommit(process);
        committed = true;
      } finally {
        if (!committed) {
          offer.ifPresent(Claimant.Offer::close);
        }
      }
      return offer.map(SlowOffer::new);
    };
  }

  /// Starts the claims once the answer has arrived.
  private final class SlowOffer implements Claimant.Offer {
    private final Claimant.Offer offer;

    SlowOffer(Claimant.Offer offer) {
      this.offer = offer;
    }

    @Override
    public ClaimRequest request() {
      return offer.request();
    }

    @Override
    public void start(List<Claim> claims) {
      faults.travel(process);
      offer.start(claims);
    }

    @Override
    public void close() {
      offer.close();
    }
  }

  private static List<Object> key(Method method, Object[] arguments) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = method.getName();
    return List.of(all);
  }

  private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
