package dev.handoff.spring.api;

import dev.handoff.Payload;
import dev.handoff.PayloadCodec;
import dev.handoff.PayloadException;
import dev.handoff.Priority;
import dev.handoff.Submission;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.TypeRef;
import dev.handoff.Work;
import dev.handoff.jdbc.JacksonPayloadCodec;
import dev.handoff.spring.api.OpenTypes.OpenType;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.SubmitBody;
import dev.handoff.spring.wire.ViolationView;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the body of a submit into work, or lists its violations. Safe for use by many threads.
final class SubmitReader {
  private static final int LONGEST_SUBJECT = 200;
  // The last time that a store keeps.
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final String NO_TIME = "is a time up to the year 9999 like 2030-01-31T09:00:00Z";

  private final OpenTypes types;
  private final PayloadCodec codec;
  private final CheckedSchema envelope;
  private final TimeSource clock;

  SubmitReader(OpenTypes types, PayloadCodec codec, JsonSchemas schemas, TimeSource clock) {
    this.types = types;
    this.codec = codec;
    this.clock = clock;
    this.envelope = new CheckedSchema(schemas.of(SubmitBody.class));
  }

  /// The result of reading one body.
  sealed interface SubmitReading {
    record AcceptedSubmit(Work<?> work) implements SubmitReading {}

    record RefusedSubmit(Problem problem, List<ViolationView> errors, Map<String, ?> members)
        implements SubmitReading {
      private static RefusedSubmit with(List<ViolationView> errors) {
        return new RefusedSubmit(Problem.INVALID_PAYLOAD, errors, Map.of("errors", errors));
      }

      private static RefusedSubmit with(String pointer, String message) {
        return with(List.of(new ViolationView(pointer, message)));
      }

      ProblemException thrown() {
        return new ProblemException(problem, Map.of(), members);
      }
    }
  }

  /// Reads the work in this body, submitted by this caller.
  SubmitReading read(JsonNode body, Caller caller) {
    List<ViolationView> wrong = envelope.violations(body, "");
    if (!wrong.isEmpty()) {
      return SubmitReading.RefusedSubmit.with(wrong);
    }
    Optional<OpenType<?>> open = types.find(body.path("type").stringValue());
    if (open.isEmpty()) {
      return new SubmitReading.RefusedSubmit(
          Problem.UNKNOWN_TASK_TYPE,
          List.of(new ViolationView("/type", "no task type of this name is open")),
          Map.of("types", types.names()));
    }
    List<ViolationView> errors = open.get().request().violations(body.path("request"), "/request");
    return errors.isEmpty()
        ? accept(open.get().type(), body, caller)
        : SubmitReading.RefusedSubmit.with(errors);
  }

  private <Q> SubmitReading accept(TaskType<Q, ?> type, JsonNode body, Caller caller) {
    String subject = text(body, "subject");
    if (subject != null && (subject.isBlank() || subject.length() > LONGEST_SUBJECT)) {
      return SubmitReading.RefusedSubmit.with(
          "/subject", "has 1 to " + LONGEST_SUBJECT + " characters and is not blank");
    }
    StartTimes times = times(body);
    ViolationView wrongTime = times.wrong();
    if (wrongTime != null) {
      return SubmitReading.RefusedSubmit.with(List.of(wrongTime));
    }
    Q request;
    try {
      request = sent(new Payload(body.path("request").toString()), type.requestRef());
    } catch (PayloadException notAccepted) {
      // The record's constructor may refuse what the schema allows, with any message.
      return SubmitReading.RefusedSubmit.with("/request", "is not accepted by this task type");
    }
    return new SubmitReading.AcceptedSubmit(
        new Work<>(
            type,
            request,
            new Submission(
                caller.owner(),
                caller.tenant(),
                subject,
                priority(body),
                times.startAt(),
                List.of(),
                times.startBefore())));
  }

  private record StartTimes(
      @Nullable Instant startAt, @Nullable Instant startBefore, @Nullable ViolationView wrong) {
    private static StartTimes wrong(String pointer, String message) {
      return new StartTimes(null, null, new ViolationView(pointer, message));
    }
  }

  private StartTimes times(JsonNode body) {
    String start = text(body, "startAt");
    Instant startAt = start == null ? null : time(start);
    if (start != null && startAt == null) {
      return StartTimes.wrong("/startAt", NO_TIME);
    }
    String end = text(body, "startBefore");
    Instant startBefore = end == null ? null : time(end);
    if (end != null && startBefore == null) {
      return StartTimes.wrong("/startBefore", NO_TIME);
    }
    if (startBefore != null && !startBefore.isAfter(clock.instant())) {
      return StartTimes.wrong("/startBefore", "is a time to come");
    }
    return startBefore != null && startAt != null && !startBefore.isAfter(startAt)
        ? StartTimes.wrong("/startBefore", "is after startAt")
        : new StartTimes(startAt, startBefore, null);
  }

  // What a stored request has to say, a caller may leave out: the schema says what it may not.
  private <Q> Q sent(Payload request, TypeRef<Q> type) {
    return codec instanceof JacksonPayloadCodec json
        ? json.decodeSent(request, type)
        : codec.decode(request, type);
  }

  private static @Nullable String text(JsonNode body, String member) {
    JsonNode value = body.path(member);
    return value.isString() ? value.stringValue() : null;
  }

  private static @Nullable Instant time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return time.isAfter(LATEST) || time.isBefore(Instant.EPOCH) ? null : time;
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  private static Priority priority(JsonNode body) {
    String word = text(body, "priority");
    for (Priority priority : Priority.values()) {
      if (priority.word().equals(word)) {
        return priority;
      }
    }
    return Priority.NORMAL;
  }
}
