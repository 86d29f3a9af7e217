package dev.handoff.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A new folder on the measured disk; gone when closed. As a store it holds the embedded one.
record MeasuredFolder(Path path) implements MeasuredStore {
  static MeasuredFolder create() throws IOException {
    return new MeasuredFolder(Files.createTempDirectory("handoff-compare"));
  }

  @Override
  public String address() {
    return path.toString();
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (var files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
