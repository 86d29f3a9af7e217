package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.handoff.store.ChangeQuery;
import dev.handoff.store.ClaimRequest;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every public record with every hostile value in every place: it is refused with a sentence, or
/// everything that can be asked of it is answered.
final class HostileValuesTest {
  private static final String HUGE = "x".repeat(1 << 20);

  private static final Map<Class<?>, List<Object>> HOSTILE = hostile();

  private static Map<Class<?>, List<Object>> hostile() {
    Map<Class<?>, List<Object>> values = new LinkedHashMap<>();
    values.put(int.class, List.of(0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE));
    values.put(long.class, List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
    values.put(
        double.class,
        List.of(
            0.0,
            1.0,
            -1.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE,
            Double.MIN_VALUE));
    values.put(
        Duration.class,
        List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofSeconds(-1),
            Duration.ofDays(1),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE),
            ChronoUnit.FOREVER.getDuration()));
    values.put(
        Instant.class, List.of(Instant.EPOCH, Instant.MAX, Instant.MIN, Instant.ofEpochSecond(-1)));
    values.put(
        String.class,
        List.of("", " ", "\n", "\u0000", "a\u0000b", "\ud800", "a\udc00b", "NaN", "plain", HUGE));
    return values;
  }

  static List<Class<? extends Record>> records() {
    return List.of(
        Bounds.class,
        BudgetEntry.class,
        Budgets.Balance.class,
        ChangeQuery.class,
        ClaimRequest.class,
        ClaimRequest.Room.class,
        Failure.class,
        HandoffConfig.class,
        Handoff.NodeStatus.class,
        LeaseTerms.class,
        Limits.class,
        NodeId.class,
        Outcome.Cancel.class,
        Outcome.Done.class,
        Outcome.RetryAfter.class,
        Outcome.Snooze.class,
        Payload.class,
        Policy.class,
        Progress.class,
        RetryPolicy.class,
        RetryPolicy.Waits.Growing.class,
        RetryPolicy.Waits.Listed.class,
        Settlement.class,
        Sharing.class,
        Submission.class,
        TaskEvent.AttemptSnoozed.class,
        TaskEvent.ChunkEmitted.class,
        TaskEvent.LineLogged.class,
        TaskEvent.TaskCancelled.class,
        TaskOwner.class,
        TaskQuery.class,
        Usage.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  void isRefusedWithASentenceOrAnswersEverything(Class<? extends Record> type) {
    int answered = 0;
    for (List<Object> arguments : combinations(type)) {
      Optional<Record> made = make(type, arguments);
      if (made.isPresent()) {
        answered++;
        askEverything(made.get());
      }
    }
    assertThat(answered).as("a value that is taken").isPositive();
  }

  /// Each hostile value in each place, the other places being plain; and pairs of times.
  private static List<List<Object>> combinations(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Object> plain = Arrays.stream(components).map(HostileValuesTest::plain).toList();
    List<List<Object>> all = new ArrayList<>();
    all.add(plain);
    for (int i = 0; i < components.length; i++) {
      for (Object value : hostile(components[i])) {
        List<Object> one = with(plain, i, value);
        all.add(one);
        for (int j = i + 1; j < components.length; j++) {
          for (Object other : hostile(components[j])) {
            all.add(with(one, j, other));
          }
        }
      }
    }
    return all;
  }

  private static List<Object> with(List<Object> arguments, int at, Object value) {
    List<Object> changed = new ArrayList<>(arguments);
    changed.set(at, value);
    return changed;
  }

  private static List<Object> hostile(RecordComponent component) {
    if (component.getName().equals("each")) {
      return HOSTILE.getOrDefault(Duration.class, List.of()).stream()
          .map(wait -> (Object) List.of(wait, wait, wait))
          .toList();
    }
    return HOSTILE.getOrDefault(component.getType(), List.of());
  }

  private static Object plain(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == Duration.class) {
      return component.getName().equals("soft") || component.getName().equals("renewEvery")
          ? Duration.ofSeconds(1)
          : Duration.ofSeconds(10);
    }
    if (type == Instant.class) {
      // "Until" after "from".
      return Instant.EPOCH.plusSeconds(component.getName().endsWith("Until") ? 60 : 0);
    }
    if (type == Object.class || type == String.class) {
      return "plain";
    }
    if (type == int.class) {
      return 1;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == double.class) {
      return 1.0;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type == Set.class) {
      return Set.of();
    }
    if (Collection.class.isAssignableFrom(type)) {
      return component.getName().equals("each") ? List.of(Duration.ofSeconds(1)) : List.of();
    }
    return plainRecord(type);
  }

  private static Object plainRecord(Class<?> type) {
    Map<Class<?>, Object> known =
        Map.of(
            RetryPolicy.class,
            RetryPolicy.DEFAULTS,
            RetryPolicy.Waits.class,
            RetryPolicy.DEFAULTS.waits(),
            Limits.class,
            Limits.DEFAULTS,
            Sharing.class,
            Sharing.NONE,
            LeaseTerms.class,
            LeaseTerms.DEFAULTS,
            Bounds.class,
            Bounds.DEFAULTS,
            NodeId.class,
            new NodeId("node"),
            TaskOwner.class,
            new TaskOwner("asha", null),
            TaskId.class,
            new TaskId(new UUID(1, 2)),
            Failure.class,
            new Failure(FailureKind.ERROR, "why"));
    return Objects.requireNonNull(known.get(type), "no plain value of " + type);
  }

  private static Optional<Record> make(Class<? extends Record> type, List<Object> arguments) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      return Optional.of(constructor.newInstance(arguments.toArray()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        assertThat(refused.getMessage()).as("a sentence").contains(" ");
        return Optional.empty();
      }
      return fail(type.getSimpleName() + cut(arguments) + " threw " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      return fail(e);
    }
  }

  private static String cut(Object value) {
    String text = String.valueOf(value);
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  private static void askEverything(Record record) {
    for (Method method : record.getClass().getMethods()) {
      boolean own = method.getDeclaringClass() == record.getClass();
      if (own && !Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 0) {
        ask(record, method);
      }
    }
  }

  private static void ask(Record record, Method method) {
    try {
      var _ = method.invoke(record);
    } catch (InvocationTargetException e) {
      fail(cut(record) + "." + method.getName() + " threw " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      fail(e);
    }
  }

  @Test
  void everyWaitOfEveryPolicyIsATime() {
    for (List<Object> arguments : combinations(RetryPolicy.Waits.Growing.class)) {
      make(RetryPolicy.Waits.Growing.class, arguments)
          .ifPresent(waits -> askForWaits((RetryPolicy.Waits) waits));
    }
    for (List<Object> arguments : combinations(RetryPolicy.Waits.Listed.class)) {
      make(RetryPolicy.Waits.Listed.class, arguments)
          .ifPresent(waits -> askForWaits((RetryPolicy.Waits) waits));
    }
    for (Object each : HOSTILE.getOrDefault(Duration.class, List.of())) {
      Duration wait = (Duration) each;
      if (!wait.isNegative()) {
        askForWaits(RetryPolicy.every(wait).waits());
        askForWaits(RetryPolicy.exponential(wait).waits());
        askForWaits(RetryPolicy.schedule(wait, wait, wait).waits());
      }
    }
  }

  private static void askForWaits(RetryPolicy.Waits waits) {
    RetryPolicy policy =
        new RetryPolicy(Integer.MAX_VALUE, waits, 1, Set.of(FailureKind.ERROR), Duration.ofDays(1));
    for (int attempt : new int[] {Integer.MIN_VALUE, -1, 0, 1, 2, 100, Integer.MAX_VALUE - 1}) {
      assertThat(waits.after(attempt)).isBetween(Duration.ZERO, Times.LONGEST);
      assertThat(policy.delayAfter(attempt, FailureKind.ERROR, new java.util.Random(1)))
          .hasValueSatisfying(delay -> assertThat(delay).isBetween(Duration.ZERO, Times.LONGEST));
    }
  }

  @Test
  void sumsOfTimesStayWithinWhatAStoreKeeps() {
    for (Object time : HOSTILE.getOrDefault(Instant.class, List.of())) {
      for (Object length : HOSTILE.getOrDefault(Duration.class, List.of())) {
        assertThat(Times.plus((Instant) time, (Duration) length))
            .isBetween(Times.FIRST, Times.LAST);
        assertThat(Times.minus((Instant) time, (Duration) length))
            .isBetween(Times.FIRST, Times.LAST);
        assertThat(Times.plus((Duration) length, (Duration) length))
            .isBetween(Times.LONGEST.negated(), Times.LONGEST);
      }
    }
    assertThat(Times.plus(Instant.EPOCH, Duration.ofSeconds(1)))
        .isEqualTo(Instant.ofEpochSecond(1));
  }

  @Test
  void usageEndsAtTheLargestNumber() {
    Usage most = new Usage("m", Long.MAX_VALUE, 1);
    assertThat(most.plus(most)).isEqualTo(new Usage("m", Long.MAX_VALUE, 2));
  }

  @Test
  void textsAreCutBetweenCharacters() {
    String faces = "😀".repeat(Failure.MESSAGE_LIMIT);
    String cut = new Failure(FailureKind.ERROR, "a" + faces).message();

    assertThat(cut).hasSize(Failure.MESSAGE_LIMIT - 1).endsWith("😀");
    assertThat(new Payload("a\ud800b😀\udc00").text()).isEqualTo("a\ufffdb😀\ufffd");
  }
}
