/// The HTTP calls of the training videos: the controllers, what they read of a request and how they
/// word their answers and refusals. The rules and the tables are in the package above, which does
/// not know this one. Start reading at [TrainingWebConfiguration].
@NullMarked
package dev.handoff.systems.trainingvideos.web;

import org.jspecify.annotations.NullMarked;
