package dev.handoff.systems.teamevaluation.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.systems.teamevaluation.Excerpt;
import dev.handoff.systems.teamevaluation.Feedback;
import dev.handoff.systems.teamevaluation.Summaries.PupilSummary;
import dev.handoff.systems.teamevaluation.Summaries.Quote;
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
      boolean cached) {
    static SummaryView of(PupilSummary summary) {
      Feedback feedback = summary.feedback();
      return new SummaryView(
          feedback.student().id(),
          feedback.student().name(),
          summary.text(),
          summary.method(),
          feedback.count(),
          summary.cached());
    }
  }

  /// What the others wrote, without names.
  record QuotesView(List<QuoteView> quotes, int count) {
    private static final int LONGEST = 300;

    static QuotesView of(List<Quote> quotes) {
      return new QuotesView(quotes.stream().map(QuoteView::of).toList(), quotes.size());
    }
  }

  record QuoteView(String text, @JsonProperty("criterion_id") int criterionId) {
    static QuoteView of(Quote quote) {
      return new QuoteView(
          Excerpt.of(quote.text().text(), QuotesView.LONGEST, "..."), quote.criterion());
    }
  }

  record RefusedView(String detail) {}
}
