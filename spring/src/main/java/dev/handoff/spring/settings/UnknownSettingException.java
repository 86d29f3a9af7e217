package dev.handoff.spring.settings;

import dev.handoff.HandoffException;

/// A setting under `handoff.` that nothing reads. Correct its name, remove it, or add the
/// dependency that it belongs to.
public final class UnknownSettingException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final String help;

  private UnknownSettingException(String message, String help) {
    super(message);
    this.help = help;
  }

  /// With the name as it was given, where it was found, and what was probably meant.
  UnknownSettingException(String name, String source, String suggestion) {
    this(
        "unknown setting '" + name + "' in " + source + suggestion,
        "Correct the name or remove the setting.");
  }

  /// With the dependency that reads it.
  static UnknownSettingException ofMissing(String name, String source, String dependency) {
    return new UnknownSettingException(
        "the setting '"
            + name
            + "' in "
            + source
            + " needs the dependency "
            + dependency
            + ", which is not on the class path",
        "Add the dependency or remove the setting.");
  }

  String help() {
    return help;
  }
}
