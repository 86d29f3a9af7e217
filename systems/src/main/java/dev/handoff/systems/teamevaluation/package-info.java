/// Team evaluation: pupils of a school assess their team, and each reads a Dutch summary of what
/// the others wrote.
///
/// - here: the schools, evaluations and jobs with their tables, the tasks, and the summary by rule
/// - `web`: the calls
/// - `ai`: what an AI model is asked
/// - `names`: what is taken out of comments before they leave
///
/// Summaries are tasks of the engine, one open one for each pupil and evaluation; what they came to
/// stays in the tables of this package for good. Nothing that names a person leaves the process
/// ([dev.handoff.systems.teamevaluation.names.Anonymiser]), and no statement forgets the school.
/// May depend on `accounts`, `kit`, the starter and `ai`, on `names`, and neither on `web` nor on
/// its own `ai`. Start reading at [TeamEvaluationConfiguration].
@NullMarked
package dev.handoff.systems.teamevaluation;

import org.jspecify.annotations.NullMarked;
