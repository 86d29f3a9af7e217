package dev.handoff.systems.zoneinsights;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Chooses the questions of a test at random, dealing them out evenly to the subjects and within
/// them to the topics, so that a short test still asks about each. Safe for use by many threads.
record QuestionDealer(RandomGenerator random) {
  /// So many of these, those of one subject together.
  List<Question> deal(List<Question> from, int count) {
    List<Question> shuffled = new ArrayList<>(from);
    Collections.shuffle(shuffled, Random.from(random));
    Map<String, Deque<Question>> subjects = new LinkedHashMap<>();
    for (Question question : inTurns(shuffled)) {
      subjects.computeIfAbsent(question.topic().subject(), _ -> new ArrayDeque<>()).add(question);
    }
    List<Question> dealt = new ArrayList<>();
    for (Question question : turns(subjects)) {
      if (dealt.size() < count) {
        dealt.add(question);
      }
    }
    dealt.sort(
        Comparator.comparingInt(
            question -> question.topic().counted().map(Enum::ordinal).orElse(99)));
    return List.copyOf(dealt);
  }

  // One of each topic, then the next of each.
  private static List<Question> inTurns(List<Question> questions) {
    Map<Long, Deque<Question>> topics = new LinkedHashMap<>();
    questions.forEach(question ->
        topics.computeIfAbsent(question.topic().id(), _ -> new ArrayDeque<>()).add(question));
    return turns(topics);
  }

  private static List<Question> turns(Map<?, Deque<Question>> heaps) {
    List<Question> turns = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Deque<Question> heap : heaps.values()) {
        if (!heap.isEmpty()) {
          turns.add(heap.removeFirst());
          more = true;
        }
      }
    }
    return turns;
  }
}
