package dev.handoff.systems.satbuddy.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.systems.TestStore;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Chats in every kind of database.
final class ConversationsTest {
  private static final String ONE = "00000000-0000-0000-0000-000000000001";
  private static final String TWO = "00000000-0000-0000-0000-000000000002";

  private final TestClock clock = TestClock.atNine();

  @ParameterizedTest
  @EnumSource
  void twoPagesThatChangeAChatLoseNothing(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      Conversations chats = chats(store);
      ConversationKey key = new ConversationKey("asha", ONE);

      chats.change(key, null, change(null, "a", "b"));
      chats.change(key, null, change(null, "c"));
      chats.change(key, null, change(null, "d", "b"));
      chats.change(key, null, new ConversationChange("", List.of(), List.of("a"), null));

      assertThat(ids(chats, key)).containsExactly("b", "c", "d");
      assertThat(chats.find(new ConversationKey("ben", ONE))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void areFoundByTheirWordsNewestFirst(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      Conversations chats = chats(store);
      chats.change(new ConversationKey("asha", ONE), null, titled("Slopes", "a line of 50%"));
      clock.advance(Duration.ofSeconds(1));
      chats.change(new ConversationKey("asha", TWO), null, titled("Commas", "when, and why"));

      assertThat(found(chats, "")).containsExactly("Commas", "Slopes");
      assertThat(found(chats, " SLOPE ")).containsExactly("Slopes");
      assertThat(found(chats, "50%")).containsExactly("Slopes");
      assertThat(found(chats, "5_%")).isEmpty();
      assertThat(found(chats, "a\0 line")).containsExactly("Slopes");
      long before = clock.instant().toEpochMilli();
      assertThat(chats.list("asha", new ConversationSearch("", before)))
          .extracting(ConversationRow::title)
          .containsExactly("Slopes");
      assertThat(chats.list("ben", new ConversationSearch("", Long.MAX_VALUE))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerIsAddedOnceAndToTheRequestThatWaits(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      Conversations chats = chats(store);
      ConversationKey key = new ConversationKey("asha", ONE);
      chats.change(key, null, change("{\"taskId\":\"t7\"}", "a"));

      chats.settle(key, "t8", message("t-t8"));
      assertThat(ids(chats, key)).containsExactly("a");
      chats.settle(key, "t7", message("t-t7"));
      chats.settle(key, "t7", message("t-t7"));

      assertThat(ids(chats, key)).containsExactly("a", "t-t7");
      assertThat(chats.find(key).orElseThrow().row().pending()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void goWhenTheirTimeIsOver(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      Conversations chats = chats(store);
      ConversationKey kept = new ConversationKey("asha", ONE);
      ConversationKey deleted = new ConversationKey("asha", TWO);
      chats.change(kept, null, change(null, "a"));
      chats.change(deleted, null, change(null, "b"));
      assertThat(chats.delete(deleted)).isTrue();
      assertThat(chats.delete(deleted)).isFalse();
      assertThat(chats.find(deleted)).isEmpty();

      clock.advance(Duration.ofMinutes(59));
      assertThat(chats.sweep()).isZero();
      assertThat(chats.restore(deleted)).isTrue();
      assertThat(ids(chats, deleted)).containsExactly("b");
      assertThat(chats.delete(deleted)).isTrue();
      clock.advance(Duration.ofMinutes(61));
      assertThat(chats.sweep()).isEqualTo(1);
      assertThat(chats.restore(deleted)).isFalse();

      clock.advance(Duration.ofDays(30));
      assertThat(chats.sweep()).isEqualTo(1);
      assertThat(chats.find(kept)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void areBounded(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      Conversations chats = chats(store);
      ConversationKey key = new ConversationKey("asha", ONE);
      String[] many =
          IntStream.rangeClosed(0, Conversations.MOST_MESSAGES)
              .mapToObj(Integer::toString)
              .toArray(String[]::new);

      assertThatThrownBy(() -> chats.change(key, null, change(null, many)))
          .isInstanceOf(RefusedException.class)
          .hasMessage("This chat is too long. Please begin a new one.");
      assertThat(chats.find(key)).isEmpty();
    }
  }

  private Conversations chats(TestStore.Opened store) {
    for (String id : List.of("asha", "ben")) {
      var _ =
          store
              .db()
              .sql(
                  """
                  insert into user_account
                    (id, username, email, first_name, last_name, timezone, role, is_active,
                     premium, password_hash)
                  values (:id, :id, :id, '', '', 'UTC', 1, true, false, '')
                  """)
              .param("id", id)
              .update();
    }
    return new Conversations(store.db(), Duration.ofDays(30), clock);
  }

  private static List<String> found(Conversations chats, String words) {
    return chats.list("asha", new ConversationSearch(words, Long.MAX_VALUE)).stream()
        .map(ConversationRow::title)
        .toList();
  }

  private static List<String> ids(Conversations chats, ConversationKey key) {
    return chats.find(key).orElseThrow().messages().stream().map(StoredMessage::id).toList();
  }

  private static ConversationChange change(@Nullable String pending, String... ids) {
    return new ConversationChange(
        "Chat", List.of(ids).stream().map(ConversationsTest::message).toList(), List.of(), pending);
  }

  private static ConversationChange titled(String title, String words) {
    return new ConversationChange(
        title, List.of(new StoredMessage("a", "{}", words)), List.of(), null);
  }

  private static StoredMessage message(String id) {
    return new StoredMessage(id, "{\"id\":\"" + id + "\"}", "");
  }
}
