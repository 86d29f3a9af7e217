package dev.handoff.systems.satbuddy.offline;

import java.util.ArrayList;
import java.util.List;

/// Questions that were written by hand, for topics in which nothing can be computed.
record QuestionBank(List<Item> items) {
  private static final int WRONG_OPTIONS = 3;

  QuestionBank {
    items = List.copyOf(items);
  }

  /// One question with its topic and difficulty.
  record Item(String topic, Difficulty difficulty, Draft draft) {}

  /// Reads blocks divided by blank lines. The first line of each is `# topic | difficulty`; then
  /// come the text, `? question`, `+ right option`, three times `- wrong option`, and `!
  /// explanation`.
  ///
  /// @throws IllegalArgumentException when a block has another form, naming its first line
  static QuestionBank parse(String text) {
    List<Item> items = new ArrayList<>();
    for (String block : text.strip().split("\\n\\s*\\n", -1)) {
      items.add(toItem(block.lines().toList()));
    }
    return new QuestionBank(items);
  }

  private static Item toItem(List<String> lines) {
    String[] head = lines.getFirst().replaceFirst("^# ", "").split("\\s*\\|\\s*", -1);
    List<String> wrong = marked(lines, "- ");
    boolean complete =
        lines.getFirst().startsWith("# ")
            && head.length == 2
            && marked(lines, "? ").size() == 1
            && marked(lines, "+ ").size() == 1
            && marked(lines, "! ").size() == 1
            && wrong.size() == WRONG_OPTIONS;
    if (!complete) {
      throw new IllegalArgumentException("Not a complete question: " + lines.getFirst());
    }
    String passage = lines.get(1);
    Draft draft =
        new Draft(
            passage + "\n\n" + marked(lines, "? ").getFirst(),
            marked(lines, "+ ").getFirst(),
            wrong,
            marked(lines, "! ").getFirst());
    Difficulty difficulty =
        Difficulty.parse(head[1])
            .orElseThrow(() -> new IllegalArgumentException("No difficulty: " + lines.getFirst()));
    return new Item(head[0], difficulty, draft);
  }

  private static List<String> marked(List<String> lines, String mark) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }

  /// A template that picks from the items of these topics, of the wanted difficulty where there is
  /// one.
  QuestionTemplate of(String... topics) {
    List<Item> chosen =
        items.stream().filter(item -> List.of(topics).contains(item.topic())).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("No questions on " + List.of(topics));
    }
    return (difficulty, dice) -> {
      List<Item> fitting = chosen.stream().filter(item -> item.difficulty() == difficulty).toList();
      return dice.of(fitting.isEmpty() ? chosen : fitting).draft();
    };
  }
}
