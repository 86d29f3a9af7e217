package dev.handoff.systems.satbuddy.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.satbuddy.conversation.ConversationKey;
import dev.handoff.systems.satbuddy.conversation.Conversations;
import dev.handoff.systems.satbuddy.web.ConversationViews.ChangedChat;
import dev.handoff.systems.satbuddy.web.ConversationViews.ConversationList;
import dev.handoff.systems.satbuddy.web.ConversationViews.FullConversation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The conversations of the person who is logged in. Another person's looks like none.
@RestController
@RequestMapping("/ai/chat/conversations")
record ConversationController(Conversations conversations) {
  private static final String UNKNOWN = "Chat not found";

  @GetMapping
  ResponseEntity<ConversationList> list(
      Account account,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable Long before) {
    return Uncached.of(
        ConversationList.of(
            conversations.list(
                account.asCaller().owner(), ConversationRequests.search(search, before))));
  }

  @GetMapping("/{id}")
  ResponseEntity<FullConversation> find(@PathVariable String id, Account account) {
    return Uncached.orNotFound(
        conversations.find(key(id, account)).map(FullConversation::of), UNKNOWN);
  }

  @PutMapping("/{id}")
  ChangedChat change(@PathVariable String id, Account account, JsonBody body) {
    Caller caller = account.asCaller();
    conversations.change(key(id, account), caller.tenant(), ConversationRequests.change(body));
    return ChangedChat.OK;
  }

  @PatchMapping("/{id}")
  ChangedChat rename(@PathVariable String id, Account account, JsonBody body) {
    return done(conversations.rename(key(id, account), ConversationRequests.title(body)));
  }

  @DeleteMapping("/{id}")
  ChangedChat delete(@PathVariable String id, Account account) {
    return done(conversations.delete(key(id, account)));
  }

  @PostMapping("/{id}/restore")
  ChangedChat restore(@PathVariable String id, Account account) {
    return done(conversations.restore(key(id, account)));
  }

  private static ChangedChat done(boolean found) {
    if (!found) {
      throw RefusedException.of(404, UNKNOWN);
    }
    return ChangedChat.OK;
  }

  private static ConversationKey key(String id, Account account) {
    return ConversationKey.of(account.asCaller(), id)
        .orElseThrow(() -> RefusedException.of(404, UNKNOWN));
  }
}
