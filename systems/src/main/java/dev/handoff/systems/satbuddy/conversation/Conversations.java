package dev.handoff.systems.satbuddy.conversation;

import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.SystemsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The conversations of pupils. Safe for use by many threads.
public final class Conversations {
  /// How many conversations an owner may have.
  public static final int MOST = 1_000;

  /// How many messages a conversation may have.
  public static final int MOST_MESSAGES = 2_000;

  /// How many are listed at once.
  public static final int PAGE = 50;

  /// How long a deleted conversation can be restored.
  static final Duration UNDO = Duration.ofHours(1);

  private final ConversationTable table;
  private final SystemsDatabase db;
  private final Duration retention;
  private final InstantSource clock;

  public Conversations(SystemsDatabase db, Duration retention, InstantSource clock) {
    this.table = new ConversationTable(db);
    this.db = db;
    this.retention = retention;
    this.clock = clock;
  }

  /// A conversation with all that was said.
  public record WholeConversation(ConversationRow row, List<StoredMessage> messages) {
    public WholeConversation {
      messages = List.copyOf(messages);
    }
  }

  /// Newest first, at most [#PAGE].
  public List<ConversationRow> list(String owner, ConversationSearch search) {
    return table.list(owner, search, PAGE);
  }

  public Optional<WholeConversation> find(ConversationKey key) {
    return table.find(key).map(row -> new WholeConversation(row, table.messages(key)));
  }

  /// Takes over what a page changed, and makes the conversation if there is none.
  ///
  /// @throws RefusedException when it was deleted, or when there would be too much
  public void change(ConversationKey key, @Nullable String tenant, ConversationChange change) {
    db.doInTransaction(() -> {
      if (table.find(key).isEmpty() && table.others(key) >= MOST) {
        throw RefusedException.of(409, "You have too many chats. Please delete some first.");
      }
      if (!table.touch(key, tenant, change, clock.instant())) {
        throw RefusedException.of(410, "This chat was deleted.");
      }
      change.removed().forEach(message -> table.remove(key, message));
      long place = table.size(key).lastPlace();
      for (StoredMessage message : change.messages()) {
        table.put(key, ++place, message);
      }
      if (table.size(key).messages() > MOST_MESSAGES) {
        throw RefusedException.of(409, "This chat is too long. Please begin a new one.");
      }
    });
  }

  public boolean rename(ConversationKey key, String title) {
    return table.rename(key, title);
  }

  /// For an hour it can be restored.
  public boolean delete(ConversationKey key) {
    return table.delete(key, clock.instant());
  }

  public boolean restore(ConversationKey key) {
    return table.restore(key);
  }

  /// Adds what a task brought, unless a page has done so.
  void settle(ConversationKey key, String task, StoredMessage message) {
    db.doInTransaction(() -> {
      if (table.settle(key, task, clock.instant())) {
        table.add(key, table.size(key).lastPlace() + 1, message);
      }
    });
  }

  /// Deletes what has outlived its retention, and what was deleted more than an hour ago.
  public int sweep() {
    Instant now = clock.instant();
    return table.sweep(now.minus(retention), now.minus(UNDO));
  }
}
