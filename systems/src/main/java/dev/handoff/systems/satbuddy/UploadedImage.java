package dev.handoff.systems.satbuddy;

import java.time.Instant;
import java.util.UUID;

/// An image that a pupil uploaded. `path` is where it lies below the folder of uploads: a name of
/// our making, never theirs.
public record UploadedImage(
    UUID id, String owner, String contentType, long size, String path, Instant uploadedAt) {}
