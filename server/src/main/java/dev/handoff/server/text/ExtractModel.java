package dev.handoff.server.text;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.TokenListener;
import dev.handoff.ai.offline.Note;
import dev.handoff.ai.offline.NoteIndex;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What can be done with a text without a model: the sentences of it that speak of what the
/// instructions ask for, or else those with the words that the text uses most, in their order and
/// as they were written (long ones are cut); it says so. Deterministic. Safe for use by many
/// threads.
final class ExtractModel implements AiModel {
  static final String FOUND = "Without an AI model, from the text:";
  static final String SUMMARY = "Without an AI model, the text in its own sentences:";

  private static final int SENTENCES = 3;
  private static final int MOST_SENTENCES = 2_000;
  private static final int LONGEST = 2_000;
  private static final int WORD = 4;
  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{Nd}]+");

  @Override
  public AiReply ask(AiRequest request, TokenListener onToken) {
    List<String> sentences = sentences(request.messages().getLast().text());
    List<Integer> asked = asked(sentences, request.persona());
    List<Integer> shown = asked.isEmpty() ? mostTelling(sentences) : asked;
    List<String> pieces = new ArrayList<>();
    pieces.add((asked.isEmpty() ? SUMMARY : FOUND) + "\n\n");
    shown.forEach(number -> pieces.add(sentences.get(number) + " "));
    pieces.set(pieces.size() - 1, pieces.getLast().stripTrailing());
    pieces.forEach(onToken::onToken);
    return AiReply.offline(String.join("", pieces));
  }

  private static List<String> sentences(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next();
        to != BreakIterator.DONE && sentences.size() < MOST_SENTENCES;
        to = breaks.next()) {
      String sentence = text.substring(from, to).strip();
      if (!sentence.isEmpty()) {
        sentences.add(cut(sentence));
      }
      from = to;
    }
    return sentences;
  }

  private static String cut(String sentence) {
    return sentence.codePointCount(0, sentence.length()) <= LONGEST
        ? sentence
        : sentence.substring(0, sentence.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static List<Integer> asked(List<String> sentences, String instructions) {
    if (instructions.isBlank() || sentences.isEmpty()) {
      return List.of();
    }
    List<Note> notes =
        IntStream.range(0, sentences.size())
            .mapToObj(number ->
                new Note(
                    sentences.get(number),
                    Integer.toString(number),
                    List.of(),
                    sentences.get(number)))
            .toList();
    try (NoteIndex index = NoteIndex.of(notes)) {
      return index.closest(instructions, SENTENCES).stream()
          .map(found -> Integer.valueOf(found.note().topic()))
          .sorted()
          .toList();
    }
  }

  private static List<Integer> mostTelling(List<String> sentences) {
    Map<String, Long> counts =
        sentences.stream()
            .flatMap(ExtractModel::words)
            .collect(groupingBy(Function.identity(), counting()));
    Comparator<Integer> telling =
        Comparator.comparingDouble(
            number -> words(sentences.get(number)).mapToLong(counts::get).average().orElse(0));
    return List.copyOf(
        new TreeSet<>(
            IntStream.range(0, sentences.size())
                .boxed()
                .sorted(telling.reversed())
                .limit(SENTENCES)
                .toList()));
  }

  // Short words hold a sentence together and say little.
  private static Stream<String> words(String sentence) {
    return WORDS
        .splitAsStream(sentence.toLowerCase(Locale.ROOT))
        .filter(word -> word.length() >= WORD);
  }
}
