package dev.handoff.systems.trainingvideos;

import java.time.Instant;

/// A video to make a training module of.
///
/// @param videoUrl where it is, for the outside
/// @param round the number of this processing of the module
record VideoRequest(String moduleId, String videoUrl, int round, Instant requestedAt) {}
