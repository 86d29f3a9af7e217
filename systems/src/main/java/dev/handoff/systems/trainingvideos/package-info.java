/// Training videos: a trainer uploads a how-to video, and a task makes a training module of it,
/// with timed steps. What is costly is a remembered step of the task, so that whatever is killed,
/// nothing is paid for twice; what the task comes to is written with its end. Videos lie in files
/// below the data folder, under ids. May depend on `accounts`, `kit`, the starter and `ai`. Start
/// reading at [TrainingConfiguration].
@NullMarked
package dev.handoff.systems.trainingvideos;

import org.jspecify.annotations.NullMarked;
