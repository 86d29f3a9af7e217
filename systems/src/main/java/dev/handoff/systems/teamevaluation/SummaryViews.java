package dev.handoff.systems.teamevaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What the calls about summaries and quotes answer with, word for word as their clients expect it.
final class SummaryViews {
  private SummaryViews() {}

  record SummaryView(
      @JsonProperty("student_id") long studentId,
      @JsonProperty("student_name") String studentName,
      @JsonProperty("summary_text") String summaryText,
      @JsonProperty("generation_method") String generationMethod,
      @JsonProperty("feedback_count") int feedbackCount,
      boolean cached) {}

  /// What the others wrote, without names.
  record QuotesView(List<QuoteView> quotes, int count) {
    private static final int LONGEST = 300;

    static QuotesView of(Feedback feedback, Anonymiser names) {
      List<QuoteView> quotes =
          feedback.comments().stream()
              .map(comment -> new QuoteView(names.comment(comment.text()), comment.criterion()))
              .filter(quote -> Anonymiser.saysSomething(quote.text()))
              .map(QuoteView::shortened)
              .toList();
      return new QuotesView(quotes, quotes.size());
    }
  }

  record QuoteView(String text, @JsonProperty("criterion_id") int criterionId) {
    QuoteView shortened() {
      return new QuoteView(Excerpt.of(text, QuotesView.LONGEST, "..."), criterionId);
    }
  }

  record RefusedView(String detail) {}
}
