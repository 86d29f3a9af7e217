package dev.handoff.systems.satbuddy.offline;

/// Makes drafts of one kind of question. What it draws may now and then give fewer than three
/// different wrong options; the caller then draws again.
@FunctionalInterface
interface QuestionTemplate {
  Draft draw(Difficulty difficulty, Dice dice);
}
