package dev.handoff.spring.webhooks;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.webhooks.Webhook.WebhookRequest;
import dev.handoff.spring.wire.NewWebhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks a request to set up a webhook.
record WebhookRequestReader(WebhookProperties settings) {
  private static final int TYPES_LIMIT = 50;
  private static final int DESCRIPTION_LIMIT = 200;
  private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  /// Returns the validated request.
  ///
  /// @throws ProblemException when it cannot be
  WebhookRequest read(NewWebhook asked) {
    List<String> events = asked.events() == null ? TaskEnds.ALL : asked.events();
    List<String> types = asked.types() == null ? List.of() : asked.types();
    boolean good =
        !events.isEmpty()
            && events.stream().allMatch(WebhookRequestReader::isEvent)
            && types.size() <= TYPES_LIMIT
            && types.stream().allMatch(WebhookRequestReader::isType)
            && isText(asked.description());
    if (!good) {
      throw new ProblemException(Problem.INVALID_WEBHOOK);
    }
    List<String> known = TaskEnds.ALL.stream().filter(events::contains).toList();
    return new WebhookRequest(url(asked.url()), known, Set.copyOf(types), asked.description());
  }

  // JSON lists may contain nulls.
  private static boolean isEvent(@Nullable String event) {
    return event != null && TaskEnds.ALL.contains(event);
  }

  private static boolean isType(@Nullable String type) {
    return type != null && TYPE.matcher(type).matches();
  }

  private static boolean isText(@Nullable String description) {
    return description == null
        || (description.length() <= DESCRIPTION_LIMIT
            && description.chars().noneMatch(Character::isISOControl)
            && StandardCharsets.UTF_8.newEncoder().canEncode(description));
  }

  private URI url(@Nullable String text) {
    return new ReceiverAddresses(settings)
        .read(text)
        .orElseThrow(() -> new ProblemException(Problem.INVALID_WEBHOOK));
  }
}
