package dev.handoff.systems.accounts.people;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.gosimple.nbvcxz.Nbvcxz;

/// Which passwords are accepted: 8 to 128 characters, none of the 10,000 most common, and none that
/// is a name of its account.
public final class PasswordRules {
  static final int SHORTEST = 8;
  static final int LONGEST = 128;

  private static final int COMMON = 10_000;

  private PasswordRules() {}

  /// Read when the first password is chosen.
  private static final class CommonPasswords {
    static final Set<String> ALL = read();

    // The library's list is in the order of how often each is used.
    private static Set<String> read() {
      InputStream list =
          Objects.requireNonNull(
              Nbvcxz.class.getResourceAsStream("/dictionaries/passwords.txt"),
              "nbvcxz has a list of passwords");
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .limit(COMMON)
            .filter(password -> password.length() >= SHORTEST)
            .map(password -> password.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// What is wrong with a password of an account with these names, in words for its owner; empty if
  /// nothing is.
  public static Optional<String> complaint(String password, Collection<String> names) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      return Optional.of("A password has " + SHORTEST + " to " + LONGEST + " characters.");
    }
    if (password.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("A password has no control characters.");
    }
    String lower = password.toLowerCase(Locale.ROOT);
    if (CommonPasswords.ALL.contains(lower)) {
      return Optional.of("This password is one of the most common. Please choose another one.");
    }
    return names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(lower))
        ? Optional.of("The password must not be the user name.")
        : Optional.empty();
  }
}
