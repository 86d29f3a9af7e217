package dev.handoff.spring.settings;

import dev.handoff.HandoffException;

/// A setting under `handoff.` that nothing reads. Correct its name or remove it.
public final class UnknownSettingException extends HandoffException {
  private static final long serialVersionUID = 1L;

  /// With the name as it was given, where it was found, and what was probably meant.
  UnknownSettingException(String name, String source, String suggestion) {
    super("unknown setting '" + name + "' in " + source + suggestion);
  }
}
