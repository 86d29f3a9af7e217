package dev.handoff.systems.trainingvideos;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the lines that operators of the training videos look for.
public final class TrainingLog {
  private final Logger log = LoggerFactory.getLogger(TrainingLog.class);

  public void uploadStarted(String module) {
    log.info("[{}] Upload started", module);
  }

  public void uploadComplete(String module, Duration took) {
    log.info("[{}] Upload complete: {}ms", module, took.toMillis());
  }

  void processingStarted(String module, int attempt) {
    log.info("[{}] AI processing started attempt={}", module, attempt);
  }

  void stage(String module, String stage, Duration took) {
    log.info("[{}] stage={} took={}ms", module, stage, took.toMillis());
  }

  void processingComplete(String module, int steps, boolean byAi) {
    log.info("[{}] Processing complete! steps={} ai={}", module, steps, byAi);
  }

  void leftOut(String module, String what, Throwable why) {
    log.warn("[{}] {} left out: {}", module, what, String.valueOf(why.getMessage()));
  }

  void notSubmitted(String module, Throwable why) {
    log.error("[{}] processing could not be submitted: {}", module, why.getMessage());
  }

  void stale(String module) {
    log.warn("[{}] Stale processing, failed", module);
  }
}
