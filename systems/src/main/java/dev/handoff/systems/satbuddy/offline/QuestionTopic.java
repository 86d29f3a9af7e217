package dev.handoff.systems.satbuddy.offline;

/// A topic on which questions can be made.
///
/// @param name as shown to pupils, such as `linear equations`
/// @param area the part of the test it belongs to, spelled as in the notes
/// @param keywords other words people ask for it with, separated by commas
record QuestionTopic(String name, String area, String keywords, QuestionTemplate template) {}
