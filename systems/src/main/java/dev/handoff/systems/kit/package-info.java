/// What every system is built with, so that none of them builds it again:
///
/// - what the server has to know of a system: [SystemDescription], from which [KitConfiguration]
///   makes the filters and [Systems] answers what kind of request a path is;
/// - refusals: a call throws a [RefusedException], [RefusalAnswers] answers it, and the system's
///   [RefusalForm] words the JSON;
/// - requests: [JsonBody], and parameters of calls ([CallArgument]);
/// - rows: [SystemsDatabase], and [RowValues] for times and lists;
/// - tasks: [TaskLink] submits them for a caller and finds the one that a row names;
/// - models: [ModelJson] asks for JSON and reads it leniently;
/// - the rest: [KeyedLimits], [Percentiles], [Sha256], [Uncached].
///
/// May depend on the starter, on `ai` and on nothing of a system. Start reading at
/// [SystemDescription].
@NullMarked
package dev.handoff.systems.kit;

import org.jspecify.annotations.NullMarked;
