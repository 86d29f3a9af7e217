package dev.handoff.systems.trainingvideos;

import dev.handoff.jdbc.SqlEffect;
import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.trainingvideos.MaterialViews.Material;
import dev.handoff.systems.trainingvideos.MaterialViews.StepView;
import dev.handoff.systems.trainingvideos.TrainingModule.About;
import dev.handoff.systems.trainingvideos.TrainingModule.Course;
import dev.handoff.systems.trainingvideos.TrainingModule.Status;
import dev.handoff.systems.trainingvideos.TrainingModule.Thumbnail;
import dev.handoff.systems.trainingvideos.TrainingModule.Times;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Training modules in the database. Each write while a video is processed names its round, so that
/// a late one changes nothing. Safe for use by many threads.
public record ModuleTable(SystemsDatabase db) {
  private static final String COLUMNS =
      """
      select id, owner_id, title, description, total_duration, status, progress, error,
             generated_by_ai, ai_failure, round, task_id, thumbnails, created_at, updated_at,
             training_data <> '' as made
      from training_module
      """;
  private static final String FIND = COLUMNS + "where id = :id";
  private static final String LIST =
      COLUMNS + "where owner_id = :owner order by created_at desc, id limit :most";
  private static final String UNCHANGED =
      COLUMNS
          + "where status = 'processing' and updated_at < :before order by updated_at limit 100";
  private static final String COUNT =
      "select count(*) from training_module where owner_id = :owner";
  private static final String STEPS = "select steps from training_module where id = :id";
  private static final String MATERIAL = "select training_data from training_module where id = :id";
  private static final String ADD =
      """
      insert into training_module
        (id, owner_id, title, description, total_duration, status, progress,
         generated_by_ai, round, steps, training_data, thumbnails, created_at, updated_at)
      values
        (:id, :owner, :title, '', :seconds, 'processing', 0, :byAi, 1, '[]', '', '[]', :at, :at)
      """;
  // The row is the caller's until its transaction ends: edits of one module take turns.
  private static final String TAKE =
      "update training_module set updated_at = :at where id = :id and owner_id = :owner";
  private static final String RESTART =
      """
      update training_module
      set status = 'processing', progress = 0, error = null, round = :round + 1, task_id = null,
          updated_at = :at
      where id = :id and round = :round
      """;
  private static final String KEEP_TASK =
      "update training_module set task_id = :task where id = :id and round = :round";
  private static final String REACH =
      """
      update training_module set progress = :percent, updated_at = :at
      where id = :id and round = :round and status = 'processing' and progress < :percent
      """;
  private static final String DESCRIBE =
      """
      update training_module
      set title = :title, description = :description, total_duration = :seconds,
          updated_at = :at
      where id = :id and round = :round and status = 'processing' and training_data = ''
      """;
  // Steps from before stay as they are, and ready.
  private static final String FAIL =
      """
      update training_module
      set status = case when training_data = '' then 'failed' else 'ready' end,
          error = :error, updated_at = :at
      where id = :id and round = :round and status = 'processing'
      """;
  private static final String RENAME =
      "update training_module set title = :title, description = :description where id = :id";
  private static final String SAVE_STEPS =
      "update training_module set steps = :steps where id = :id";
  private static final String DELETE =
      "delete from training_module where id = :id and owner_id = :owner";

  private static final RowMapper<TrainingModule> ROW = (row, _) -> module(row);

  void add(TrainingModule module) {
    var _ =
        db.sql(ADD)
            .param("id", module.id())
            .param("owner", module.owner())
            .param("title", module.about().title())
            .param("seconds", module.seconds())
            .param("byAi", false)
            .param("at", module.times().createdAt().toEpochMilli())
            .update();
  }

  public Optional<TrainingModule> find(String id) {
    // No id has one, and PostgreSQL refuses it.
    return id.indexOf('\0') >= 0
        ? Optional.empty()
        : db.sql(FIND).param("id", id).query(ROW).optional();
  }

  /// The owner's own module; somebody else's is not found.
  public Optional<TrainingModule> find(String id, String owner) {
    return find(id).filter(module -> module.owner().equals(owner));
  }

  List<TrainingModule> list(String owner, int most) {
    return db.sql(LIST).param("owner", owner).param("most", most).query(ROW).list();
  }

  /// Those that are being processed and have not changed since.
  List<TrainingModule> unchangedSince(Instant before) {
    return db.sql(UNCHANGED).param("before", before.toEpochMilli()).query(ROW).list();
  }

  int count(String owner) {
    return db.sql(COUNT).param("owner", owner).query(Integer.class).single();
  }

  public List<Step> steps(String id) {
    return db.sql(STEPS).param("id", id).query(String.class).optional().stream()
        .flatMap(json -> List.of(JsonMapper.shared().readValue(json, StepView[].class)).stream())
        .map(StepView::toStep)
        .toList();
  }

  /// What was made of the video; nothing before it was ever processed.
  public Optional<Material> material(String id) {
    return db.sql(MATERIAL)
        .param("id", id)
        .query(String.class)
        .optional()
        .filter(json -> !json.isEmpty())
        .map(json -> JsonMapper.shared().readValue(json, Material.class));
  }

  /// Takes the owner's module for the rest of the transaction, of which it is the first statement;
  /// nothing for somebody else's.
  Optional<TrainingModule> take(String id, String owner, Instant now) {
    int rows =
        db.sql(TAKE).param("id", id).param("owner", owner).param("at", now.toEpochMilli()).update();
    return rows == 0 ? Optional.empty() : find(id, owner);
  }

  /// Begins another round.
  ///
  /// @return whether it did, and not somebody else at the same time
  boolean restart(TrainingModule module, Instant now) {
    return in(new ModuleRound(module.id(), module.course().round(), now), RESTART).update() > 0;
  }

  void keepTask(String id, int round, String task) {
    var _ = db.sql(KEEP_TASK).param("id", id).param("round", round).param("task", task).update();
  }

  /// What a module's processing writes.
  record ModuleRound(String id, int number, Instant now) {}

  /// Raises the progress, never lowers it.
  void reach(ModuleRound round, int percent) {
    var _ = in(round, REACH).param("percent", percent).update();
  }

  /// Names a module that is made for the first time; one that has steps keeps its name until it has
  /// others.
  void describe(ModuleRound round, About about, double seconds) {
    var _ =
        in(round, DESCRIBE)
            .param("title", about.title())
            .param("description", about.description())
            .param("seconds", seconds)
            .update();
  }

  /// Writes down that the module could not be made; one that has steps is ready with those.
  ///
  /// @return whether that was news
  boolean fail(ModuleRound round, String error) {
    return in(round, FAIL).param("error", error).update() > 0;
  }

  private JdbcClient.StatementSpec in(ModuleRound round, String statement) {
    return db.sql(statement)
        .param("id", round.id())
        .param("round", round.number())
        .param("at", round.now().toEpochMilli());
  }

  public void rename(String id, String title, String description) {
    var _ =
        db.sql(RENAME)
            .param("id", id)
            .param("title", title)
            .param("description", description)
            .update();
  }

  void saveSteps(String id, List<Step> steps) {
    var _ = db.sql(SAVE_STEPS).param("id", id).param("steps", json(steps)).update();
  }

  boolean delete(String id, String owner) {
    return db.sql(DELETE).param("id", id).param("owner", owner).update() > 0;
  }

  /// A module made ready, in the commit that completes its task.
  record Ready(
      ModuleRound round,
      About about,
      List<Step> steps,
      Material material,
      List<Thumbnail> thumbnails)
      implements SqlEffect {
    private static final String MAKE_READY =
        """
        update training_module
        set status = 'ready', progress = 100, error = null, title = ?, description = ?,
            generated_by_ai = ?, ai_failure = ?, steps = ?, training_data = ?, thumbnails = ?,
            updated_at = ?
        where id = ? and round = ? and status = 'processing'
        """;

    @Override
    public void apply(java.sql.Connection connection) throws SQLException {
      try (PreparedStatement ready = connection.prepareStatement(MAKE_READY)) {
        ready.setString(1, about.title());
        ready.setString(2, about.description());
        ready.setBoolean(3, about.byAi());
        ready.setString(4, about.aiFailure());
        ready.setString(5, json(steps));
        ready.setString(6, RowValues.json(material));
        ready.setString(7, RowValues.json(thumbnails));
        ready.setLong(8, round.now().toEpochMilli());
        ready.setString(9, round.id());
        ready.setInt(10, round.number());
        ready.executeUpdate();
      }
    }
  }

  private static String json(List<Step> steps) {
    return RowValues.json(steps.stream().map(StepView::of).toList());
  }

  private static TrainingModule module(ResultSet row) throws SQLException {
    return new TrainingModule(
        row.getString("id"),
        row.getString("owner_id"),
        new About(
            row.getString("title"),
            row.getString("description"),
            row.getBoolean("generated_by_ai"),
            row.getString("ai_failure")),
        row.getDouble("total_duration"),
        new Course(
            Status.of(row.getString("status")),
            row.getInt("progress"),
            row.getString("error"),
            row.getInt("round"),
            row.getString("task_id"),
            row.getBoolean("made")),
        RowValues.list(row, "thumbnails", Thumbnail[].class),
        new Times(RowValues.time(row, "created_at"), RowValues.time(row, "updated_at")));
  }
}
