package dev.handoff.systems.satbuddy.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Greetings, thanks, and questions about the tutor itself.
final class SmallTalk {
  private static final Pattern GREETING =
      Pattern.compile(
          "(?:hi|hiya|hello|hey|yo|howdy|good (?:morning|afternoon|evening)|test|testing)"
              + "(?: there| again| sat buddy| buddy| everyone)?");
  private static final Pattern THANKS =
      Pattern.compile(
          "(?:ok |okay |great |cool |perfect )?(?:thanks|thank you|thx|ty|cheers)"
              + "(?: so much| very much| a lot| buddy| sat buddy)?"
              + "|ok|okay|great|cool|perfect|got it|i see");
  private static final Pattern PARTING =
      Pattern.compile("(?:good )?bye(?: bye)?|goodbye|see you(?: later| tomorrow)?|good night");
  private static final Pattern IDENTITY =
      Pattern.compile(
          "who are you|what are you|what is your name|whats your name|what can you do|help"
              + "|how can you help(?: me)?|are you (?:an? )?(?:ai|bot|robot|human|real|person)"
              + "|who made you|how do you work");

  private record Answer(Pattern to, String said) {}

  private static final List<Answer> ANSWERS =
      List.of(
          new Answer(
              GREETING,
              "Hello! I'm **SAT Buddy**. Give me an equation to solve, ask about an SAT topic, or ask"
                  + " how to prepare today."),
          new Answer(
              THANKS,
              "You're welcome! Keep going: one more question on the same topic makes it stick."),
          new Answer(PARTING, "See you soon! A little practice every day goes a long way."),
          new Answer(
              IDENTITY,
              """
              I'm **SAT Buddy**, your study companion. Right now I can

              - solve equations, inequalities, systems, percentages and lines, step by step;
              - explain the topics of the SAT and how to prepare, from my own notes;
              - make practice questions in Question mode.\
              """));

  private SmallTalk() {}

  /// The answer, when the whole message is small talk.
  static Optional<String> answer(String message) {
    String text =
        message
            .toLowerCase(Locale.ROOT)
            .replaceAll("['’]", "")
            .replaceAll("[^a-z ]", " ")
            .replaceAll("\\s+", " ")
            .strip();
    return ANSWERS.stream()
        .filter(answer -> answer.to().matcher(text).matches())
        .map(Answer::said)
        .findFirst();
  }
}
