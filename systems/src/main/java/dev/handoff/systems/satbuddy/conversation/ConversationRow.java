package dev.handoff.systems.satbuddy.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A conversation without its messages.
///
/// @param pending the open request in the page's own form, as JSON; null for none
public record ConversationRow(
    String id, String title, @Nullable String pending, Instant updatedAt) {}
