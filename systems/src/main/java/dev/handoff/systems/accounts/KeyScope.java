package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Permission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How far an API key, or a token of another issuer, reaches.
enum KeyScope {
  /// Submits tasks and nothing else.
  SUBMIT,
  /// Sees tasks, follows and lists them.
  READ,
  /// Everything that the other scopes do not permit.
  OPERATE,
  /// The operators' calls, and nothing else. Only the key of an administrator has it.
  OPERATOR;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Set<Permission> permissions() {
    return switch (this) {
      case SUBMIT -> EnumSet.of(Permission.SUBMIT);
      case READ -> EnumSet.of(Permission.READ);
      case OPERATE -> EnumSet.of(Permission.CANCEL, Permission.OPERATE);
      case OPERATOR -> EnumSet.of(Permission.OPERATOR);
    };
  }

  static Optional<KeyScope> ofWord(String word) {
    for (KeyScope scope : values()) {
      if (scope.word().equals(word)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }

  static Set<Permission> permissionsOf(Set<KeyScope> scopes) {
    Set<Permission> all = EnumSet.noneOf(Permission.class);
    scopes.forEach(scope -> all.addAll(scope.permissions()));
    return all;
  }
}
