package dev.handoff.systems.satbuddy.conversation;

/// One message.
///
/// @param body in the page's own form, as JSON
/// @param words what can be searched for
public record StoredMessage(String id, String body, String words) {}
