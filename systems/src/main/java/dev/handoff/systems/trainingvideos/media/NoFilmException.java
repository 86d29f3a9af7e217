package dev.handoff.systems.trainingvideos.media;

import dev.handoff.HandoffException;

/// A file can be read and has no film in it: only sound, or sound with its cover.
public final class NoFilmException extends HandoffException {
  private static final long serialVersionUID = 1L;

  NoFilmException() {
    super("the file has no film");
  }
}
