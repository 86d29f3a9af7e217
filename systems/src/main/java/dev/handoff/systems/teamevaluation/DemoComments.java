package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.teamevaluation.DemoClass.DemoPerson;
import dev.handoff.systems.teamevaluation.DemoClass.DemoRound;
import dev.handoff.systems.teamevaluation.DemoClass.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What the pupils of the demo think of each other: the same each time.
record DemoComments(List<Text> texts) {
  record Text(int criterion, char seen, String words) {}

  /// A score, with the words to it if there are any.
  record DemoComment(int criterion, int score, @Nullable String comment) {}

  static DemoComments shipped() {
    return new DemoComments(
        DemoSchools.lines("comments.txt").stream()
            .map(line -> new Text(Integer.parseInt(line[0]), line[1].charAt(0), line[2]))
            .toList());
  }

  /// What one writes about another, or about itself.
  List<DemoComment> of(
      DemoClass school, DemoRound round, DemoPerson reviewer, DemoPerson reviewee) {
    // Not by chance: whoever starts the demo again reads the same.
    Random dice = new Random(round.id() * 1_000_003 + reviewer.id() * 1_009 + reviewee.id());
    Seat seat = Objects.requireNonNull(reviewee.seat());
    List<DemoComment> lines = new ArrayList<>();
    int silent = dice.nextInt(Omza.values().length);
    for (Omza category : Omza.values()) {
      char seen = seat.seen() == '?' || dice.nextInt(5) == 0 ? 'o' : seat.seen();
      boolean speaks =
          category.criterion() % 2 == silent % 2 && !isQuiet(reviewer, category, round);
      String comment =
          speaks ? filled(text(category, seen, dice), school, reviewer, reviewee) : null;
      lines.add(new DemoComment(category.criterion(), score(seen, dice), comment));
    }
    return lines;
  }

  // So that pupil 456 has five comments, as in the description of this system.
  private static boolean isQuiet(DemoPerson reviewer, Omza category, DemoRound round) {
    return reviewer.id() == 460 && round.isOpen() && category.criterion() <= 2;
  }

  private static int score(char seen, Random dice) {
    return switch (seen) {
      case '+' -> 4 + dice.nextInt(2);
      case '-' -> 1 + dice.nextInt(2);
      default -> 3 + dice.nextInt(2);
    };
  }

  private String text(Omza category, char seen, Random dice) {
    List<Text> fitting =
        texts.stream()
            .filter(text -> text.criterion() == category.criterion() && text.seen() == seen)
            .toList();
    return fitting.get(dice.nextInt(fitting.size())).words();
  }

  private static String filled(
      String words, DemoClass school, DemoPerson reviewer, DemoPerson reviewee) {
    DemoPerson other =
        school.teamOf(reviewer).stream()
            .filter(one -> !one.equals(reviewer) && !one.equals(reviewee))
            .findFirst()
            .orElse(reviewee);
    return words
        .replace("{jij}", reviewee.firstName())
        .replace("{ander}", other.firstName())
        .replace("{Ander}", other.name())
        .replace("{ik}", reviewer.name())
        .replace("{mail}", reviewer.email());
  }
}
