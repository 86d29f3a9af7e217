/// Training videos: a trainer uploads a how-to video, and a task makes a training module of it,
/// with timed steps.
///
/// - here: the modules and their tables, the task that makes them, and the rules that work without
///   an AI
/// - `web`: the calls
/// - `ai`: what AI models are asked
/// - `media`: runs FFmpeg
///
/// What is costly is a remembered step of the task, so that whatever is killed, nothing is paid for
/// twice; what the task comes to is written with its end. Videos lie in files below the data
/// folder, under ids. May depend on `media`, `accounts`, `kit`, the starter and `ai`, and neither
/// on `web` nor on its own `ai`. Start reading at [TrainingConfiguration].
@NullMarked
package dev.handoff.systems.trainingvideos;

import org.jspecify.annotations.NullMarked;
