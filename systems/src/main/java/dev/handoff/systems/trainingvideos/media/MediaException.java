package dev.handoff.systems.trainingvideos.media;

import dev.handoff.HandoffException;

/// A video could not be worked on. The message is for the log.
public final class MediaException extends HandoffException {
  private static final long serialVersionUID = 1L;

  MediaException(String message) {
    super(message);
  }
}
