package dev.handoff.systems.satbuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import dev.handoff.systems.TestStore;
import dev.handoff.systems.kit.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/// Uploaded images on real databases and a disk.
final class ImageStoreTest {
  // One black point.
  private static final byte[] GIF =
      HexFormat.of()
          .parseHex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b");

  @ParameterizedTest
  @EnumSource
  void anImageIsThereForItsRetentionAndNoLonger(TestStore kind, @TempDir Path folder) {
    AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    InstantSource system = InstantSource.system();
    InstantSource clock = () -> system.instant().plus(later.get());
    SatBuddyLimits limits =
        new SatBuddyLimits(
            4000, 5, 10, DataSize.ofMegabytes(5), Duration.ofHours(24), Duration.ofDays(365));
    try (TestStore.Opened store = kind.open(folder)) {
      ImageTable table = new ImageTable(store.db());
      ImageStore images = new ImageStore(folder.resolve("uploads"), table, limits, clock);
      UploadedImage image = images.add(GIF, "asha");

      assertThat(images.sweep()).isZero();
      assertThat(images.read(List.of(image.id()), "asha").getFirst().bytes()).isEqualTo(GIF);
      assertThat(images.named(List.of(image.path(), image.id().toString()), "asha"))
          .containsExactly(image.id());
      assertThatThrownBy(() -> images.read(List.of(image.id()), "ben"))
          .isInstanceOf(AttemptException.class);

      for (String unknown : List.of("", "a\0b", "\ud800", "' or 1=1 --")) {
        assertThatThrownBy(() -> images.named(List.of(unknown), "asha"))
            .isInstanceOf(RefusedException.class);
      }

      later.set(Duration.ofHours(25));

      assertThat(images.sweep()).isEqualTo(1);
      assertThat(folder.resolve("uploads").resolve(image.path())).doesNotExist();
      assertThatThrownBy(() -> images.named(List.of(image.path()), "asha"))
          .isInstanceOf(RefusedException.class);
    }
  }
}
