package dev.handoff.testing.store;

import dev.handoff.LogLevel;
import dev.handoff.Priority;
import dev.handoff.Progress;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.UsageRecorded;
import dev.handoff.TaskQuery;
import dev.handoff.TaskStatus;
import dev.handoff.Usage;
import dev.handoff.testing.store.StoreCommand.Around;
import dev.handoff.testing.store.StoreCommand.AttemptResult;
import dev.handoff.testing.store.StoreCommand.EffectEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random commands; the same seed gives the same commands on every machine.
final class RandomCommands {
  private static final List<String> TYPES = List.of("chat", "video", "report");
  private static final List<Duration> ADVANCES =
      List.of(
          Duration.ofMillis(1),
          Duration.ofMillis(400),
          Duration.ofSeconds(3),
          Duration.ofSeconds(12),
          Duration.ofMinutes(2));
  private static final List<Duration> RETENTIONS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(90), Duration.ofDays(1));

  private final RandomGenerator random;
  private int texts;

  private RandomCommands(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static List<StoreCommand> of(long seed, int count) {
    RandomCommands commands = new RandomCommands(seed);
    List<StoreCommand> all = new ArrayList<>();
    all.add(new StoreCommand.JoinNode(0, Role.ALL));
    while (all.size() < count) {
      all.add(commands.next());
    }
    return List.copyOf(all);
  }

  private StoreCommand next() {
    int dice = random.nextInt(100);
    if (dice < 25) {
      return submit();
    } else if (dice < 38) {
      return new StoreCommand.ClaimMany(number(), rooms(), 1 + random.nextInt(6));
    } else if (dice < 43) {
      return new StoreCommand.ClaimOne(number(), number());
    } else if (dice < 54) {
      return new StoreCommand.Report(number(), reports());
    } else if (dice < 68) {
      return new StoreCommand.Finish(number(), ending(), pick(EffectEnds.values()));
    } else if (dice < 71) {
      return new StoreCommand.SaveStep(number(), "step-" + random.nextInt(3), text());
    } else if (dice < 74) {
      return new StoreCommand.CancelTask(number());
    } else if (dice < 77) {
      return new StoreCommand.RetryTask(number());
    } else if (dice < 79) {
      return list();
    } else if (dice < 89) {
      return member();
    } else if (dice < 98) {
      return new StoreCommand.Advance(ADVANCES.get(random.nextInt(ADVANCES.size())));
    }
    return new StoreCommand.Restart();
  }

  private StoreCommand member() {
    int dice = random.nextInt(13);
    if (dice < 3) {
      return new StoreCommand.JoinNode(number(), pick(Role.values()));
    } else if (dice < 6) {
      return new StoreCommand.RenewNode(number());
    } else if (dice < 7) {
      return new StoreCommand.LeaveNode(number());
    } else if (dice < 10) {
      return new StoreCommand.Rescue(1 + random.nextInt(4));
    }
    return new StoreCommand.Purge(1 + random.nextInt(4));
  }

  private StoreCommand submit() {
    List<TaskDraft> drafts = new ArrayList<>();
    int count = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1;
    for (int i = 0; i < count; i++) {
      drafts.add(draft());
    }
    Duration delay = random.nextInt(4) == 0 ? delay() : Duration.ZERO;
    Around around = random.nextInt(4) == 0 ? pick(Around.values()) : Around.NOTHING;
    return new StoreCommand.Submit(drafts, delay, around);
  }

  private StoreCommand list() {
    TaskQuery query = random.nextBoolean() ? TaskQuery.EVERYTHING : TaskQuery.by(owner());
    if (random.nextInt(3) == 0) {
      query = query.inTenant("tenant-" + random.nextInt(4));
    }
    if (random.nextInt(3) == 0) {
      query = query.ofType(TYPES.get(random.nextInt(TYPES.size())));
    }
    if (random.nextInt(3) == 0) {
      query = query.about("subject-" + random.nextInt(2));
    }
    if (random.nextInt(3) == 0) {
      query = query.in(Set.of(pick(TaskStatus.values())));
    }
    Duration until = random.nextInt(3) == 0 ? delay() : Duration.ZERO;
    Duration from = random.nextInt(3) == 0 ? until.plus(delay()).plusMillis(1) : Duration.ZERO;
    return new StoreCommand.ListTasks(
        query, from, until, 1 + random.nextInt(TaskQuery.PAGE_LIMIT / 20));
  }

  private String owner() {
    return "owner-" + random.nextInt(3);
  }

  private TaskDraft draft() {
    TaskDraft draft =
        TaskDraft.aTask()
            .with(Submission.by(owner()))
            .ofType(TYPES.get(random.nextInt(TYPES.size())))
            .withPriority(random.nextInt(3) == 0 ? pick(Priority.values()) : Priority.NORMAL)
            .withAttempts(1 + random.nextInt(3))
            .keptFor(RETENTIONS.get(random.nextInt(RETENTIONS.size())))
            .asking(text());
    if (random.nextInt(3) == 0) {
      draft = draft.with(draft.submission().about("subject-" + random.nextInt(2)));
    }
    if (random.nextBoolean()) {
      draft = draft.inTenant("tenant-" + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      draft = draft.joinedBy("key-" + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      Duration cacheFor = random.nextBoolean() ? Duration.ofSeconds(4) : Duration.ofMinutes(5);
      draft = draft.cachedBy("key-" + random.nextInt(3), cacheFor);
    }
    return draft;
  }

  private Map<String, Integer> rooms() {
    Map<String, Integer> rooms = new HashMap<>();
    for (String type : TYPES) {
      if (random.nextInt(4) > 0) {
        rooms.put(type, random.nextInt(5));
      }
    }
    return Map.copyOf(rooms);
  }

  private List<TaskEvent> reports() {
    List<TaskEvent> reports = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      reports.add(
          switch (random.nextInt(4)) {
            case 0 -> new ProgressReported(new Progress(random.nextInt(101), text(), null));
            case 1 -> new LineLogged(pick(LogLevel.values()), text());
            case 2 -> new UsageRecorded(new Usage("model", random.nextInt(9), random.nextInt(9)));
            default -> new ChunkEmitted(text());
          });
    }
    return List.copyOf(reports);
  }

  private AttemptResult ending() {
    return switch (random.nextInt(9)) {
      case 0 -> new AttemptResult.Fails(text());
      case 1, 2 -> new AttemptResult.Retries(delay());
      case 3 -> new AttemptResult.Snoozes(delay());
      case 4 -> new AttemptResult.Cancels(text());
      default -> new AttemptResult.Completes(text());
    };
  }

  private Duration delay() {
    return Duration.ofMillis(random.nextInt(15_000));
  }

  private String text() {
    return "text-" + texts++;
  }

  private int number() {
    return random.nextInt(1 << 16);
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
