package dev.handoff.systems.satbuddy;

import dev.handoff.systems.kit.SystemsDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/// Who uploaded which image. Safe for use by many threads.
record ImageTable(SystemsDatabase db) {
  private static final String ADD =
      """
      insert into sat_buddy_image (id, user_id, content_type, size, file_path, uploaded_at)
      values (:id, :owner, :contentType, :size, :path, :uploadedAt)
      """;
  private static final String FIND =
      """
      select * from sat_buddy_image
      where user_id = :owner and (id = :reference or file_path = :reference)
      """;
  private static final String DELETE_OLDER =
      "delete from sat_buddy_image where uploaded_at < :before";

  private static final RowMapper<UploadedImage> ROW =
      (row, _) ->
          new UploadedImage(
              UUID.fromString(row.getString("id")),
              row.getString("user_id"),
              row.getString("content_type"),
              row.getLong("size"),
              row.getString("file_path"),
              Instant.ofEpochMilli(row.getLong("uploaded_at")));

  void add(UploadedImage image) {
    var _ =
        db.sql(ADD)
            .param("id", image.id().toString())
            .param("owner", image.owner())
            .param("contentType", image.contentType())
            .param("size", image.size())
            .param("path", image.path())
            .param("uploadedAt", image.uploadedAt().toEpochMilli())
            .update();
  }

  /// The owner's image with this id or path; somebody else's is not found.
  Optional<UploadedImage> find(String reference, String owner) {
    // No path has one, and PostgreSQL refuses it.
    if (reference.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    List<UploadedImage> found =
        db.sql(FIND).param("reference", reference).param("owner", owner).query(ROW).list();
    return found.stream().findFirst();
  }

  int deleteUploadedBefore(Instant before) {
    return db.sql(DELETE_OLDER).param("before", before.toEpochMilli()).update();
  }
}
