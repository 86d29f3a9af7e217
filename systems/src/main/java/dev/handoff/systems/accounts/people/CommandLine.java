package dev.handoff.systems.accounts.people;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words behind `start accounts`: what to do, with whom, and options. Options that begin with
/// `--handoff.`, `--spring.` or `--server.` are settings, as for the server.
///
/// @param options the command's own; a flag has an empty value
record CommandLine(
    Verb verb, Optional<String> username, Map<String, String> options, List<String> settings) {
  static final String LINK = "link";
  static final String ROLE = "role";
  static final String TENANT = "tenant";
  static final String FIRST_NAME = "first-name";
  static final String LAST_NAME = "last-name";

  /// What can be done.
  enum Verb {
    ADD("add"),
    LIST("list"),
    PASSWORD("password"),
    ROLE_CHANGE("role"),
    DEACTIVATE("deactivate"),
    ACTIVATE("activate"),
    SESSIONS("sessions"),
    END_SESSIONS("end-sessions");

    private final String word;

    Verb(String word) {
      this.word = word;
    }

    private Set<String> options() {
      return switch (this) {
        case ADD -> Set.of(LINK, ROLE, TENANT, FIRST_NAME, LAST_NAME);
        case PASSWORD -> Set.of(LINK);
        case ROLE_CHANGE -> Set.of(ROLE);
        case LIST, DEACTIVATE, ACTIVATE, SESSIONS, END_SESSIONS -> Set.of();
      };
    }

    private static Verb of(String word) {
      for (Verb verb : values()) {
        if (verb.word.equals(word)) {
          return verb;
        }
      }
      throw new UsageException("unknown: accounts " + word);
    }

    private boolean needsUsername() {
      return this != LIST;
    }
  }

  /// The command is not written as it should be.
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String words) {
      super(words);
    }
  }

  /// Reads the words.
  ///
  /// @throws UsageException when they are not a command
  static CommandLine parse(List<String> words) {
    List<String> plain = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    for (String word : words) {
      if (isSetting(word)) {
        settings.add(word);
      } else if (word.startsWith("--")) {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        options.put(name, equals < 0 ? "" : word.substring(equals + 1));
      } else {
        plain.add(word);
      }
    }
    if (plain.isEmpty()) {
      throw new UsageException("what shall be done with the accounts?");
    }
    Verb verb = Verb.of(plain.getFirst());
    check(verb, plain, options);
    Optional<String> username = verb.needsUsername() ? Optional.of(plain.get(1)) : Optional.empty();
    return new CommandLine(verb, username, options, settings);
  }

  private static void check(Verb verb, List<String> plain, Map<String, String> options) {
    int expected = verb.needsUsername() ? 2 : 1;
    if (plain.size() != expected) {
      throw new UsageException(
          verb.needsUsername()
              ? "accounts " + verb.word + " needs one user name"
              : "accounts " + verb.word + " takes no user name");
    }
    options.forEach((name, value) -> {
      if (!verb.options().contains(name)) {
        throw new UsageException("accounts " + verb.word + " has no option --" + name);
      }
      if (value.isEmpty() != name.equals(LINK)) {
        throw new UsageException(
            name.equals(LINK)
                ? "--link takes no value"
                : "--" + name + " needs a value: --" + name + "=…");
      }
    });
    boolean needsRole = verb == Verb.ADD || verb == Verb.ROLE_CHANGE;
    if (needsRole && !options.containsKey(ROLE)) {
      throw new UsageException(
          "accounts " + verb.word + " needs --role=user, --role=instructor or --role=admin");
    }
  }

  private static boolean isSetting(String word) {
    return word.startsWith("--handoff.")
        || word.startsWith("--spring.")
        || word.startsWith("--server.");
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  boolean wantsLink() {
    return options.containsKey(LINK);
  }
}
