package dev.handoff.systems.teamevaluation.web;

import dev.handoff.Priority;
import dev.handoff.spring.webhooks.ReceiverAddresses;
import dev.handoff.spring.webhooks.WebhookProperties;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.teamevaluation.Job;
import dev.handoff.systems.teamevaluation.Job.JobTerms;
import dev.handoff.systems.teamevaluation.Member.School;
import dev.handoff.systems.teamevaluation.MessageReceivers;
import dev.handoff.systems.teamevaluation.TeamEvaluationTasks;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what clients send and refuses what is not what it should be.
final class TeamRequests {
  private static final Set<String> STATUSES =
      Set.of(Job.QUEUED, Job.PROCESSING, Job.COMPLETED, Job.FAILED, Job.CANCELLED);

  // One way to write each number, so that the limits know it again.
  private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9]\\d*)");
  private static final int DIGITS = 18;
  private static final long NOBODYS = -1;
  private static final int LONGEST_SUMMARY = 4_000;

  private final ReceiverAddresses addresses;
  private final TeamEvaluationTasks tasks;
  private final TeamEvaluationPage limits;
  private final MessageReceivers receivers;

  TeamRequests(
      WebhookProperties webhooks,
      TeamEvaluationTasks tasks,
      TeamEvaluationPage limits,
      MessageReceivers receivers) {
    this.addresses = new ReceiverAddresses(webhooks);
    this.tasks = tasks;
    this.limits = limits;
    this.receivers = receivers;
  }

  static long id(String text) {
    if (!INTEGER.matcher(text).matches()) {
      throw RefusedException.of(422, "An id must be an integer");
    }
    return text.length() > DIGITS ? NOBODYS : Long.parseLong(text);
  }

  JobTerms terms(JsonBody body, School school) {
    long retries = body.whole("max_retries").orElse((long) tasks.retries());
    if (retries < 0 || retries > TeamEvaluationTasks.MOST_RETRIES) {
      throw RefusedException.badRequest(
          "max_retries must be 0 to " + TeamEvaluationTasks.MOST_RETRIES);
    }
    return new JobTerms(
        priority(body.text("priority").orElse("normal")),
        (int) retries,
        body.text("webhook_url").map(url -> webhook(url, school)).orElse(null));
  }

  /// Of whom asks for nothing special.
  JobTerms usualTerms() {
    return new JobTerms(Priority.NORMAL, tasks.retries(), null);
  }

  private static Priority priority(String word) {
    for (Priority priority : Priority.values()) {
      if (priority.word().equals(word)) {
        return priority;
      }
    }
    throw RefusedException.badRequest("Priority must be one of: high, normal, low");
  }

  private String webhook(String text, School school) {
    URI url =
        addresses
            .read(text)
            .orElseThrow(() ->
                RefusedException.badRequest(
                    "webhook_url must be an https address that is not a private one"));
    if (!receivers.isAllowed(school.id(), url)) {
      throw RefusedException.badRequest(
          "webhook_url must be on one of the hosts that the school's teachers allowed");
    }
    return url.toString();
  }

  List<Long> students(JsonBody body) {
    if (!body.has("student_ids")) {
      throw RefusedException.of(422, "student_ids is required");
    }
    List<Long> ids = body.wholes("student_ids");
    if (ids.size() > limits.batchLimit()) {
      throw RefusedException.badRequest(
          "Too many students. Maximum " + limits.batchLimit() + " in one batch.");
    }
    return ids;
  }

  /// A summary as a teacher wrote it.
  static String summary(JsonBody body) {
    String text = body.text("text").orElse("").strip();
    if (text.isEmpty() || text.length() > LONGEST_SUMMARY || text.indexOf('\0') >= 0) {
      throw RefusedException.badRequest(
          "text must have 1 to %d characters".formatted(LONGEST_SUMMARY));
    }
    return text;
  }

  /// Which jobs to list; null for all.
  static Optional<String> status(Optional<String> word) {
    if (word.isPresent() && !STATUSES.contains(word.get())) {
      throw RefusedException.badRequest(
          "Status must be one of: queued, processing, completed, failed, cancelled");
    }
    return word;
  }
}
