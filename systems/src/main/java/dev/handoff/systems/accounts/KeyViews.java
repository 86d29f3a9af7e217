package dev.handoff.systems.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.handoff.systems.accounts.ApiKey.Terms;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the calls about credentials take and answer with.
public final class KeyViews {
  private static final int LONGEST_NAME = 100;

  // What comes after has no place in a number of milliseconds, and nobody means it.
  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  private KeyViews() {}

  public record NewKey(
      @Nullable String name, @Nullable List<String> scopes, @Nullable String expiresAt) {
    /// The same, checked.
    ///
    /// @throws IllegalArgumentException when it is not in order
    /// @throws java.time.DateTimeException when the time is none
    Terms terms() {
      if (name == null || name.isBlank() || name.length() > LONGEST_NAME || !PlainText.is(name)) {
        throw new IllegalArgumentException("name");
      }
      if (scopes == null || scopes.isEmpty() || scopes.size() > KeyScope.values().length) {
        throw new IllegalArgumentException("scopes");
      }
      Set<KeyScope> known = EnumSet.noneOf(KeyScope.class);
      for (String word : scopes) {
        known.add(
            KeyScope.ofWord(String.valueOf(word))
                .orElseThrow(() -> new IllegalArgumentException("scopes")));
      }
      Instant end = expiresAt == null ? null : Instant.parse(expiresAt);
      if (end != null && !end.isBefore(BEYOND)) {
        throw new IllegalArgumentException("expiresAt");
      }
      return new Terms(name.strip(), known, end);
    }
  }

  /// A key. Its text is there only in the answer to the call that made it.
  public record KeyView(
      String id,
      String name,
      List<String> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {
    static KeyView of(ApiKey key, @Nullable String text) {
      Terms terms = key.terms();
      return new KeyView(
          key.id(),
          terms.name(),
          terms.scopes().stream().sorted().map(KeyScope::word).toList(),
          key.createdAt(),
          terms.expiresAt(),
          key.lastUsedAt(),
          text);
    }

    @Override
    public String toString() {
      return "KeyView[id=" + id + "]";
    }
  }

  public record KeyList(List<KeyView> keys) {}

  public record NewTaskToken(@Nullable List<String> may, @Nullable String lifetime) {}

  public record TaskTokenView(String id, String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "TaskTokenView[id=" + id + ", expiresAt=" + expiresAt + "]";
    }
  }
}
