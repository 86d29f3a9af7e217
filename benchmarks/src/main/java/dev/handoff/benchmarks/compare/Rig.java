package dev.handoff.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The bench that everything is measured on: the servers, and the ways to start the programs.
final class Rig implements AutoCloseable {
  private static final List<String> HEAP = List.of("-Xmx1g");
  // Where memory is measured a program gets what it needs, not what it likes.
  private static final List<String> SMALL_HEAP = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private final Path bullmq;
  private final DurableServer postgres;
  private final Optional<Pooler> pooler;

  private Rig(Path bullmq, DurableServer postgres, Optional<Pooler> pooler) {
    this.bullmq = bullmq;
    this.postgres = postgres;
    this.pooler = pooler;
  }

  static Rig setUp(Path project) throws IOException {
    DurableServer postgres = DurableServer.start();
    return new Rig(
        project.resolve("benchmarks/bullmq"),
        postgres,
        has("pgbouncer") ? Optional.of(Pooler.start(postgres)) : Optional.empty());
  }

  /// Whether what this one needs is on this machine.
  boolean canRun(Contender contender) {
    return switch (contender) {
      case HANDOFF_POOLED -> pooler.isPresent();
      case BULLMQ_EVERYSEC, BULLMQ_ALWAYS ->
          has("redis-server") && has("node") && Files.isDirectory(bullmq.resolve("node_modules"));
      case HANDOFF, HANDOFF_EMBEDDED, JOBRUNR, DB_SCHEDULER -> true;
    };
  }

  private static boolean has(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  DurableServer.Database database() {
    return postgres.database();
  }

  /// A new store of this contender's kind.
  MeasuredStore store(Contender contender) throws IOException {
    return switch (contender) {
      case HANDOFF, JOBRUNR, DB_SCHEDULER -> postgres.database();
      case HANDOFF_POOLED -> new Pooled(postgres.database(), pooler.orElseThrow());
      case HANDOFF_EMBEDDED -> MeasuredFolder.create();
      case BULLMQ_EVERYSEC -> RedisServer.start("everysec");
      case BULLMQ_ALWAYS -> RedisServer.start("always");
    };
  }

  private record Pooled(DurableServer.Database database, Pooler pooler) implements MeasuredStore {
    @Override
    public String address() {
      return pooler.url(database.name());
    }

    @Override
    public void close() {
      database.close();
    }
  }

  /// Starts the contender's program on this store.
  Child start(Contender contender, MeasuredStore store, String measurement) throws IOException {
    if (contender.needsRedis()) {
      String program = bullmq.resolve("measured.mjs").toString();
      return Child.start(List.of("node", program, store.address(), measurement));
    }
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(measurement.equals("waiting") ? SMALL_HEAP : HEAP);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Measured.class.getName(),
            contender.key(),
            store.address(),
            measurement));
    return Child.start(command);
  }

  /// The versions and settings of all that runs.
  String description() throws IOException {
    return "Java %s with %s (%s for the waiting tasks); %s; pgjdbc %s; JobRunr %s; db-scheduler %s%s"
        .formatted(
            Runtime.version(),
            String.join(" ", HEAP),
            String.join(" ", SMALL_HEAP),
            postgres.description(),
            library("postgresql"),
            library("jobrunr"),
            library("db-scheduler"),
            canRun(Contender.BULLMQ_ALWAYS) ? "; " + redisAndNode() : "");
  }

  private String redisAndNode() throws IOException {
    return "BullMQ %s with ioredis %s on Node %s; Redis %s (appendonly yes)"
        .formatted(
            module("bullmq"),
            module("ioredis"),
            said("node", "--version").replace("v", ""),
            found("v=([\\d.]+)", said("redis-server", "--version")));
  }

  private static String library(String name) {
    return found("/" + name + "-([\\d.]+)\\.jar", System.getProperty("java.class.path"));
  }

  private String module(String name) throws IOException {
    Path description = bullmq.resolve("node_modules").resolve(name).resolve("package.json");
    return found("\"version\": \"(.*?)\"", Files.readString(description));
  }

  private static String said(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.group(1) : "?";
  }

  @Override
  public void close() throws IOException {
    if (pooler.isPresent()) {
      pooler.get().close();
    }
    postgres.close();
  }
}
