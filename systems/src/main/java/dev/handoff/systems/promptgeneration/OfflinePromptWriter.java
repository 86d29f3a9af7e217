package dev.handoff.systems.promptgeneration;

import dev.handoff.ai.AiReply;
import dev.handoff.systems.promptgeneration.Businesses.Business;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Arranges notes without a model: the template of the business, then each note, as it was written,
/// under the heading that its words speak for. Adds nothing and leaves nothing out. Deterministic;
/// safe for use by many threads.
public final class OfflinePromptWriter implements PromptWriter {
  private static final int LONGEST_LABEL = 60;

  // A line, or a part of one between semicolons; and of a line without any, between commas that are
  // followed by a space, so that "1,50" stays whole.
  private static final Pattern LINES = Pattern.compile("\\R|;");
  private static final Pattern COMMAS = Pattern.compile(",\\s+(?![^()]*\\))");
  private static final Pattern BULLET = Pattern.compile("^(?:[-*•–]|\\d{1,2}[.)])\\s+");
  private static final int SENTENCE = 80;

  /// What a note can be about, in the order of the prompt; the first whose words are found.
  private enum Topic {
    CONTACT(
        "Contact",
        "\\b(tel|telephone|phone|call|mobile|whatsapp|e-?mail|mail|www|https?|website|instagram"
            + "|facebook)\\b|@|\\+\\d[\\d ]{6,}"),
    HOURS(
        "Opening hours",
        "\\b(open|opens|opening|opened|closed|closes|hours|mon|tue|wed|thu|fri|sat|sun|monday"
            + "|tuesday|wednesday|thursday|friday|saturday|sunday|daily|weekends?|weekdays?)\\b"
            + "|\\b\\d{1,2}([:.]\\d{2})?\\s*(am|pm)?\\s*[-–]\\s*\\d{1,2}([:.]\\d{2})?\\s*(am|pm)?\\b"),
    ADDRESS(
        "Address",
        "\\b(address|street|st\\.|road|avenue|ave|lane|square|plaza|floor|near|located|corner"
            + "|city|parking)\\b"),
    TONE(
        "Tone",
        "\\b(tone|friendly|formal|informal|polite|warm|professional|casual|humou?r|brief|short"
            + "|cheerful|language|speak|answer|style|emoji)\\b"),
    PRICES(
        "Prices",
        "[$€£]\\s*\\d|\\b\\d+([.,]\\d{2})?\\s*(euro|eur|usd|dollars?|pounds?)\\b"
            + "|\\b(price|prices|cost|costs|discount|free)\\b"),
    RULES(
        "Rules",
        "\\b(never|always|must|do not|don't|only|no|policy|refunds?|cancel|cancellation"
            + "|reservations?|bookings?|deliver|delivery|payment|cash|cards?)\\b"),
    OFFER("What we offer", "");

    private final String heading;
    private final Pattern words;

    Topic(String heading, String words) {
      this.heading = heading;
      this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    static Topic of(String note) {
      return Stream.of(values())
          .filter(topic -> topic == OFFER || topic.words.matcher(note).find())
          .findFirst()
          .orElse(OFFER);
    }
  }

  @Override
  public AiReply write(String notes, Business business) {
    Map<Topic, StringJoiner> sections = new EnumMap<>(Topic.class);
    for (String note : notesIn(notes)) {
      sections.computeIfAbsent(Topic.of(note), _ -> new StringJoiner("\n- ", "- ", "")).add(note);
    }
    StringJoiner prompt = new StringJoiner("\n\n");
    prompt.add(business.template().isBlank() ? opening(business) : business.template().strip());
    sections.forEach((topic, lines) -> prompt.add("## " + topic.heading + "\n" + lines));
    return AiReply.offline(prompt.toString());
  }

  private static String opening(Business business) {
    String type = business.type().toLowerCase(Locale.ROOT);
    String what =
        type.isEmpty() || type.length() > LONGEST_LABEL ? "this business" : "this " + type;
    return "You are the assistant of "
        + what
        + ". Answer its customers with what is written here and with nothing else. When something is"
        + " not written here, say that you do not know and point to the contact below.";
  }

  private static List<String> notesIn(String notes) {
    return LINES
        .splitAsStream(notes)
        .flatMap(OfflinePromptWriter::parts)
        .map(note -> BULLET.matcher(note.strip()).replaceFirst("").strip())
        .filter(note -> !note.isEmpty())
        .toList();
  }

  // A long line is prose, which commas do not divide.
  private static Stream<String> parts(String line) {
    return line.length() > SENTENCE ? Stream.of(line) : COMMAS.splitAsStream(line);
  }
}
