package dev.handoff.systems.promptgeneration.web;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.promptgeneration.PromptLibrary.NamedPrompt;
import dev.handoff.systems.promptgeneration.PromptService.Wish;
import java.util.List;

/// Reads what owners send and refuses what is nothing or too much.
record PromptRequests(PromptPage limits) {
  static final String REQUIRED = "manual_prompt is required";
  private static final int LONGEST_NAME = 100;
  private static final String ALL_REQUIRED = "manual_prompts is required";

  Wish one(JsonBody body) {
    return wish(body.text("manual_prompt").orElse(""), body.flag("reuse").orElse(false));
  }

  List<Wish> several(JsonBody body) {
    List<String> all = body.texts("manual_prompts");
    if (all.isEmpty()) {
      throw RefusedException.badRequest(ALL_REQUIRED);
    }
    if (all.size() > limits.batchLimit()) {
      throw RefusedException.badRequest(
          "Too many prompts. Maximum " + limits.batchLimit() + " in one batch.");
    }
    boolean reuse = body.flag("reuse").orElse(false);
    return all.stream().map(notes -> wish(notes, reuse)).toList();
  }

  String saved(JsonBody body) {
    return prompt(body.text("manual_prompt").orElse(""));
  }

  /// A prompt that is saved under a name.
  NamedPrompt named(JsonBody body) {
    String name = body.text("name").orElse("").strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      throw RefusedException.badRequest(
          "name must have 1 to %d characters".formatted(LONGEST_NAME));
    }
    String notes = body.text("notes").orElse("").strip();
    return new NamedPrompt(
        name, prompt(body.text("prompt").orElse("")), notes.isEmpty() ? "" : prompt(notes));
  }

  private Wish wish(String text, boolean reuse) {
    return new Wish(prompt(text), reuse);
  }

  private String prompt(String text) {
    String notes = text.strip();
    if (notes.isEmpty()) {
      throw RefusedException.badRequest(REQUIRED);
    }
    if (notes.length() > limits.notesLimit()) {
      throw RefusedException.badRequest(
          "manual_prompt is too long. Maximum " + limits.notesLimit() + " characters allowed.");
    }
    // PostgreSQL keeps no such text.
    if (notes.indexOf('\0') >= 0) {
      throw RefusedException.badRequest("manual_prompt contains characters that cannot be kept.");
    }
    return notes;
  }
}
