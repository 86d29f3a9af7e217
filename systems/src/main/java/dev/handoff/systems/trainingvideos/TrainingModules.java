package dev.handoff.systems.trainingvideos;

import dev.handoff.Handoff;
import dev.handoff.HandoffException;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.trainingvideos.TrainingModule.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/// The modules of trainers: made from uploads, processed, processed again, deleted. Safe for use by
/// many threads.
final class TrainingModules {
  static final String NO_VIDEO = "Video not found";
  static final String BUSY = "Module is already being processed";

  private final Handoff handoff;
  private final TaskType<VideoRequest, VideoResult> type;
  private final Store store;
  private final TransactionOperations transactions;
  private final Role role;
  private final TrainingLimits limits;
  private final TrainingLog log;

  /// Rows, files, and how the two stand.
  record Store(ModuleTable modules, ModuleFiles files, ModuleStandings standings) {}

  TrainingModules(
      Handoff handoff,
      TaskType<VideoRequest, VideoResult> type,
      Store store,
      TransactionOperations transactions,
      Role role,
      TrainingLimits limits,
      TrainingLog log) {
    this.handoff = handoff;
    this.type = type;
    this.store = store;
    this.transactions = transactions;
    this.role = role;
    this.limits = limits;
    this.log = log;
  }

  /// Refuses a trainer who has as many modules as anybody may have.
  void requireRoom(Caller caller) {
    if (store.modules().count(caller.owner()) >= limits.modulesPerOwner()) {
      throw RefusedException.of(
          409, "You have as many modules as you can have. Please delete one first.");
    }
  }

  /// Makes a module of a received video and hands its processing off, in one transaction where this
  /// node does such work.
  void begin(Upload upload, Caller caller) {
    TrainingModule module =
        TrainingModule.uploaded(upload, caller.owner(), handoff.clock().instant());
    boolean begun = false;
    try {
      transactions.executeWithoutResult(_ -> {
        store.modules().add(module);
        submitHere(module, caller);
      });
      begun = true;
    } finally {
      if (!begun) {
        store.files().delete(upload.id());
      }
    }
    submitElsewhere(module, caller);
  }

  private void submitHere(TrainingModule module, Caller caller) {
    if (role.runsTasks()) {
      submit(module, caller);
    }
  }

  // Where no worker is, the engine does the work on the submitting thread, which it cannot while
  // the
  // transaction holds the database, and which the person does not wait for.
  private void submitElsewhere(TrainingModule module, Caller caller) {
    if (!role.runsTasks()) {
      Thread.ofVirtual()
          .name("training " + module.id())
          .start(() -> {
            try {
              submit(module, caller);
            } catch (HandoffException notTaken) {
              log.notSubmitted(module.id(), notTaken);
              var _ =
                  store
                      .modules()
                      .fail(
                          round(module), "The processing could not be started. Please try again.");
            }
          });
    }
  }

  private ModuleTable.Round round(TrainingModule module) {
    return new ModuleTable.Round(module.id(), module.course().round(), handoff.clock().instant());
  }

  private void submit(TrainingModule module, Caller caller) {
    int round = module.course().round();
    Submission submission =
        Submission.by(caller.owner()).about(TrainingEnds.subject(module.id(), round));
    String tenant = caller.tenant();
    VideoRequest request =
        new VideoRequest(
            module.id(), ModuleViews.addressOfVideo(module.id()), round, handoff.clock().instant());
    TaskId task =
        handoff.submit(type, request, tenant == null ? submission : submission.inTenant(tenant));
    store.modules().keepTask(module.id(), round, task.toString());
  }

  /// Processes the caller's video anew.
  ///
  /// @throws RefusedException when there is none, or when it is being processed
  void reprocess(String id, Caller caller) {
    TrainingModule module =
        find(id, caller).orElseThrow(() -> RefusedException.of(404, StepEditor.NO_MODULE));
    if (store.standings().of(module).status() == Status.PROCESSING) {
      throw RefusedException.of(409, BUSY);
    }
    if (!store.files().hasVideo(id)) {
      throw RefusedException.of(404, NO_VIDEO);
    }
    TrainingModule again =
        Objects.requireNonNull(
            transactions.execute(_ -> {
              if (!store.modules().restart(module, handoff.clock().instant())) {
                throw RefusedException.of(409, BUSY);
              }
              TrainingModule restarted = store.modules().find(id).orElseThrow();
              submitHere(restarted, caller);
              return restarted;
            }));
    submitElsewhere(again, caller);
  }

  Optional<TrainingModule> find(String id, Caller caller) {
    return store.modules().find(id, caller.owner());
  }

  List<TrainingModule> list(Caller caller) {
    return store.modules().list(caller.owner(), limits.modulesPerOwner());
  }

  /// Deletes the caller's module: its row, its work, its files.
  ///
  /// @return whether there was one
  boolean delete(String id, Caller caller) {
    Optional<TrainingModule> module = find(id, caller);
    if (module.isEmpty() || !store.modules().delete(id, caller.owner())) {
      return false;
    }
    // An attempt that runs finds the row gone, and deletes what it wrote after this.
    module
        .get()
        .course()
        .taskId()
        .flatMap(TaskId::parse)
        .ifPresent(task -> {
          var _ = handoff.cancel(task, "The module was deleted.");
        });
    store.files().delete(id);
    return true;
  }

  /// Ends the processing of modules that nothing happens to any more.
  void failStale() {
    for (TrainingModule module : store.modules().unchangedSince(handoff.clock().instant())) {
      store
          .standings()
          .failure(module)
          .ifPresent(error -> {
            store
                .standings()
                .task(module)
                .ifPresent(task -> {
                  var _ = handoff.cancel(task.id(), error);
                });
            var _ = store.modules().fail(round(module), error);
            log.stale(module.id());
          });
    }
  }
}
