package dev.handoff.spring.settings;

import dev.handoff.HandoffException;

/// A setting has a value that cannot be used. The message names the setting and the value.
public final class InvalidSettingException extends HandoffException {
  private static final long serialVersionUID = 1L;

  /// @param message a sentence that begins with the name of the setting
  public InvalidSettingException(String message) {
    super(message);
  }
}
