package dev.handoff.benchmarks.compare;

/// One column of the comparison.
enum Contender {
  HANDOFF("Handoff"),
  HANDOFF_POOLED("Handoff through pgbouncer"),
  HANDOFF_EMBEDDED("Handoff, embedded"),
  JOBRUNR("JobRunr"),
  DB_SCHEDULER("db-scheduler"),
  BULLMQ_EVERYSEC("BullMQ, Redis everysec"),
  BULLMQ_ALWAYS("BullMQ, Redis always");

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /// The name on the command line and of the peer in its process.
  String key() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// What a machine may lack for it.
  String needs() {
    return switch (this) {
      case HANDOFF_POOLED -> "it needs pgbouncer";
      case BULLMQ_EVERYSEC, BULLMQ_ALWAYS ->
          "it needs redis-server, node and the modules of benchmarks/bullmq";
      case HANDOFF, HANDOFF_EMBEDDED, JOBRUNR, DB_SCHEDULER -> "nothing";
    };
  }

  boolean needsRedis() {
    return this == BULLMQ_EVERYSEC || this == BULLMQ_ALWAYS;
  }
}
