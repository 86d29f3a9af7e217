package dev.handoff.systems.teamevaluation;

/// How a job ended, for the address that wanted to know: the body is sent the same each time.
///
/// @param number of the end's event, which tells one end of a job from another
public record JobMessage(String job, String url, String body, long number) {
  /// What a message that was taken remembers: the status that was answered.
  public record Taken(int status) {}
}
