package dev.handoff.systems.satbuddy.web;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.satbuddy.ChatRequest;
import dev.handoff.systems.satbuddy.ChatRequest.Speaker;
import dev.handoff.systems.satbuddy.ChatRequest.Turn;
import dev.handoff.systems.satbuddy.ImageStore;
import dev.handoff.systems.satbuddy.QuestionRequest;
import dev.handoff.systems.satbuddy.SatBuddyLimits;
import java.util.ArrayList;
import java.util.List;

/// Reads what pupils send and refuses what is too much.
final class SatBuddyRequests {
  private static final int LONGEST_TOPIC = 500;
  // An earlier answer may be longer than a message; more than this helps no tutor.
  private static final int LONGEST_TURN = 8_000;

  private final SatBuddyLimits limits;
  private final ImageStore images;

  SatBuddyRequests(SatBuddyLimits limits, ImageStore images) {
    this.limits = limits;
    this.images = images;
  }

  ChatRequest chat(JsonBody body, String owner) {
    String message = body.text("message").orElse("").strip();
    String context = body.text("context").orElse("").strip();
    List<String> references = body.texts("images");
    List<Turn> history = history(body);
    if (message.isEmpty()) {
      throw RefusedException.badRequest("Message cannot be empty");
    }
    requireShort("Message", message, limits.messageLimit());
    requireShort("Context", context, limits.messageLimit());
    if (references.size() > limits.imageLimit()) {
      throw RefusedException.badRequest(
          "You can attach up to " + limits.imageLimit() + " images to a message.");
    }
    return new ChatRequest(message, context, images.named(references, owner), history);
  }

  QuestionRequest question(JsonBody body) {
    String topic = body.text("topic").orElse("").strip();
    String difficulty = body.text("difficulty").orElse("medium").strip();
    if (topic.isEmpty()) {
      throw RefusedException.badRequest("Topic is required");
    }
    requireShort("Topic", topic, LONGEST_TOPIC);
    return new QuestionRequest(
        topic,
        QuestionRequest.Difficulty.of(difficulty)
            .orElseThrow(
                () -> RefusedException.badRequest("Difficulty must be easy, medium, or hard")));
  }

  private List<Turn> history(JsonBody body) {
    List<Turn> turns = new ArrayList<>();
    for (JsonBody turn : body.objects("history")) {
      String text = turn.text("content").orElse("").strip();
      Speaker speaker = speaker(turn.text("role").orElse(""));
      if (!text.isEmpty()) {
        turns.add(
            new Turn(
                speaker, text.length() <= LONGEST_TURN ? text : text.substring(0, LONGEST_TURN)));
      }
    }
    int from = Math.max(0, turns.size() - limits.historyLimit());
    return List.copyOf(turns.subList(from, turns.size()));
  }

  private static Speaker speaker(String role) {
    return switch (role) {
      case "user" -> Speaker.STUDENT;
      case "assistant" -> Speaker.SAT_BUDDY;
      default -> throw RefusedException.unreadable();
    };
  }

  private static void requireShort(String what, String text, int limit) {
    if (text.length() > limit) {
      throw RefusedException.badRequest(
          what + " is too long. Maximum " + limit + " characters allowed.");
    }
  }
}
