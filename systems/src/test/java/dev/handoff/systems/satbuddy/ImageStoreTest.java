package dev.handoff.systems.satbuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import dev.handoff.jdbc.SqliteDatabase;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.http.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/// Uploaded images on a real database and disk.
final class ImageStoreTest {
  private static final byte[] GIF = "GIF89a and so on".getBytes(StandardCharsets.US_ASCII);

  @Test
  void anImageIsThereForItsRetentionAndNoLonger(@TempDir Path folder) {
    AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    InstantSource system = InstantSource.system();
    InstantSource clock = () -> system.instant().plus(later.get());
    SatBuddyLimits limits =
        new SatBuddyLimits(4000, 5, 10, DataSize.ofMegabytes(5), Duration.ofHours(24));
    try (SqliteDatabase database =
        SqliteDatabase.open(SqliteSettings.temporary(folder.resolve("test.db")))) {
      SystemsSchema schema = new SystemsSchema(database.dataSource());
      ImageTable table = new ImageTable(JdbcClient.create(database.dataSource()), schema);
      ImageStore images = new ImageStore(folder.resolve("uploads"), table, limits, clock);
      UploadedImage image = images.add(GIF, "asha");

      assertThat(images.sweep()).isZero();
      assertThat(images.read(List.of(image.id()), "asha").getFirst().bytes()).isEqualTo(GIF);
      assertThat(images.named(List.of(image.path(), image.id().toString()), "asha"))
          .containsExactly(image.id());
      assertThatThrownBy(() -> images.read(List.of(image.id()), "ben"))
          .isInstanceOf(AttemptException.class);

      later.set(Duration.ofHours(25));

      assertThat(images.sweep()).isEqualTo(1);
      assertThat(folder.resolve("uploads").resolve(image.path())).doesNotExist();
      assertThatThrownBy(() -> images.named(List.of(image.path()), "asha"))
          .isInstanceOf(RefusedException.class);
    }
  }
}
