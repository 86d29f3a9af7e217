package dev.handoff.ai.provider;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Finds out which optional fields a provider does not take: what it refuses by name is left out of
/// another request at once, and of all later ones when that one was answered. Safe for use by many
/// threads.
final class Negotiation {
  /// Refusals of these kinds may name a field, and leaving it out would not help.
  private static final Set<Integer> OTHER_REASONS = Set.of(401, 402, 429);

  private final Set<RequestField> refused = ConcurrentHashMap.newKeySet();

  /// What is asked, with any of its optional fields.
  interface NegotiatedCall<T> {
    /// The optional fields that it has when these are left out.
    Set<RequestField> fields(Set<RequestField> leftOut);

    T ask(Set<RequestField> fields) throws InterruptedException;

    /// Whether somebody heard a part of an answer, so that it cannot be asked anew.
    boolean hasBegun();
  }

  /// Asks, and asks again without what is refused, as long as that changes anything.
  <T> T negotiate(NegotiatedCall<T> question) throws InterruptedException {
    Set<RequestField> leftOut = EnumSet.noneOf(RequestField.class);
    leftOut.addAll(refused);
    Set<RequestField> forGood = EnumSet.noneOf(RequestField.class);
    while (true) {
      Set<RequestField> fields = question.fields(leftOut);
      try {
        T answer = question.ask(fields);
        refused.addAll(forGood);
        return answer;
      } catch (ProviderStatusException refusal) {
        Set<RequestField> named = EnumSet.noneOf(RequestField.class);
        named.addAll(fields);
        named.retainAll(refusedBy(refusal));
        if (named.isEmpty() || question.hasBegun()) {
          throw refusal;
        }
        leftOut.addAll(named);
        named.removeIf(field -> !field.isRefusedForGood(refusal.body()));
        forGood.addAll(named);
      }
    }
  }

  private static Set<RequestField> refusedBy(ProviderStatusException refusal) {
    return OTHER_REASONS.contains(refusal.statusCode())
        ? Set.of()
        : RequestField.namedIn(refusal.body());
  }
}
