package dev.handoff.benchmarks.compare;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.JobNotFoundException;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/// JobRunr with virtual-thread workers, its default on this JDK, and job requests, which cost less
/// than its lambdas.
final class JobRunrPeer implements Peer {
  // The least that its SQL stores accept; it throws below.
  private static final Duration POLL = Duration.ofSeconds(5);

  private final StorageProvider storage;
  private final JobRequestScheduler scheduler;

  JobRunrPeer(String url) {
    storage = SqlStorageProviderFactory.using(Pool.of(url));
    scheduler = configuration(_ -> {}).initialize().getJobRequestScheduler();
  }

  /// What is stored of a task.
  public record PeerTask(String request) implements JobRequest {
    @Override
    public Class<WorkHandler> getJobRequestHandler() {
      return WorkHandler.class;
    }
  }

  public record WorkHandler(Consumer<String> handler) implements JobRequestHandler<PeerTask> {
    @Override
    public void run(PeerTask work) {
      handler.accept(work.request());
    }
  }

  private JobRunrConfiguration configuration(Consumer<String> handler) {
    WorkHandler only = new WorkHandler(handler);
    return JobRunr.configure()
        .useJsonMapper(new Jackson3JsonMapper())
        .useJobActivator(
            new org.jobrunr.server.JobActivator() {
              @Override
              public <T> T activateJob(Class<T> type) {
                return type.cast(only);
              }
            })
        .useStorageProvider(storage);
  }

  @Override
  public String submit(String request) {
    return scheduler.enqueue(new PeerTask(request)).toString();
  }

  @Override
  public void submitAll(List<String> requests) {
    scheduler.enqueue(requests.stream().map(PeerTask::new));
  }

  @Override
  public void work(Aim aim, Consumer<String> handler) {
    BackgroundJobServerConfiguration server = usingStandardBackgroundJobServerConfiguration();
    BackgroundJobServerConfiguration tuned =
        switch (aim) {
          case THROUGHPUT, LATENCY -> server.andPollInterval(POLL);
          case WAITING -> server.andPollInterval(POLL).andWorkerCount(10_000);
          case DEFAULTS -> server.andWorkerCount(200);
        };
    var _ = configuration(handler).useBackgroundJobServer(tuned).initialize();
  }

  @Override
  public boolean isDrained() {
    return storage.countJobs(StateName.ENQUEUED) + storage.countJobs(StateName.PROCESSING) == 0;
  }

  @Override
  public boolean isKnown(String id) {
    try {
      return storage.getJobById(UUID.fromString(id)).getState() != null;
    } catch (JobNotFoundException unknown) {
      return false;
    }
  }
}
