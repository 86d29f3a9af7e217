package dev.handoff.systems.trainingvideos;

/// What a task came to; the module itself has the rest.
record VideoResult(String moduleId, int steps, boolean generatedByAi) {}
