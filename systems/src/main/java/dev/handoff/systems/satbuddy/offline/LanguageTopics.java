package dev.handoff.systems.satbuddy.offline;

import java.util.List;

/// The topics of reading and writing.
final class LanguageTopics {
  private LanguageTopics() {}

  static List<QuestionTopic> reading(QuestionBank reading) {
    return List.of(
        new QuestionTopic(
            "main idea",
            QuestionTopics.READING,
            "main idea, central idea, main purpose, summary, function of a sentence, comprehension",
            reading.of("main idea")),
        new QuestionTopic(
            "inference and evidence",
            QuestionTopics.READING,
            "inference, infer, conclusion, evidence, command of evidence, support a claim",
            reading.of("inference", "evidence")),
        new QuestionTopic(
            "vocabulary in context",
            QuestionTopics.READING,
            "vocabulary, words in context, word meaning, most logical and precise word",
            reading.of("vocabulary")));
  }

  static List<QuestionTopic> writing(QuestionBank writing) {
    return List.of(
        new QuestionTopic(
            "subject-verb agreement",
            QuestionTopics.WRITING,
            "subject verb agreement, singular, plural, verb",
            writing.of("subject-verb agreement")),
        new QuestionTopic(
            "punctuation",
            QuestionTopics.WRITING,
            "punctuation, comma, semicolon, colon, dash, run-on, comma splice, apostrophe",
            writing.of("punctuation", "apostrophes")),
        new QuestionTopic(
            "pronouns and verb tense",
            QuestionTopics.WRITING,
            "pronoun, its, whom, verb tense, past perfect, tense",
            writing.of("pronouns", "verb tense")),
        new QuestionTopic(
            "modifiers and parallel structure",
            QuestionTopics.WRITING,
            "modifier, dangling modifier, parallel structure, parallelism, comparison",
            writing.of("modifiers")),
        new QuestionTopic(
            "transitions",
            QuestionTopics.WRITING,
            "transition, however, therefore, connecting words",
            writing.of("transitions")));
  }
}
