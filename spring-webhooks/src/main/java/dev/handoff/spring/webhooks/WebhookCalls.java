package dev.handoff.spring.webhooks;

import static dev.handoff.spring.web.Permission.OPERATE;

import dev.handoff.spring.api.Answers;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.api.RequestJson;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.webhooks.Webhook.OwnerScope;
import dev.handoff.spring.webhooks.Webhook.Secrets;
import dev.handoff.spring.webhooks.Webhook.WebhookRequest;
import dev.handoff.spring.wire.CreatedWebhookView;
import dev.handoff.spring.wire.NewWebhook;
import dev.handoff.spring.wire.WebhookSecretView;
import dev.handoff.spring.wire.WebhookView;
import dev.handoff.spring.wire.WebhooksView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The calls that manage webhooks. A webhook is visible to its owner only. Safe for use by many
/// threads.
final class WebhookCalls implements ApiCalls {
  private static final Duration OVERLAP = Duration.ofHours(24);

  private final WebhookTable webhooks;
  private final WebhookOwners owners;
  private final WebhookRequestReader reader;
  private final InstantSource clock;

  WebhookCalls(
      WebhookTable webhooks,
      WebhookOwners owners,
      WebhookRequestReader reader,
      InstantSource clock) {
    this.webhooks = webhooks;
    this.owners = owners;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/webhooks",
            OPERATE,
            this::create,
            EndpointDoc.call(
                    "createWebhook", "Has a URL told of the ends of tasks submitted from now on")
                .sends(NewWebhook.class)
                .answers(201, CreatedWebhookView.class, "The webhook, with its secret this once")),
        Endpoint.get(
            "/webhooks",
            OPERATE,
            this::list,
            EndpointDoc.call("listWebhooks", "The caller's webhooks, the oldest first")
                .answers(200, WebhooksView.class, "All of them")),
        Endpoint.get(
            "/webhooks/{id}",
            OPERATE,
            this::get,
            EndpointDoc.call("getWebhook", "One webhook")
                .answers(200, WebhookView.class, "The webhook, without its secret")),
        new Endpoint(
            HttpMethod.DELETE,
            "/webhooks/{id}",
            OPERATE,
            this::delete,
            EndpointDoc.call(
                    "deleteWebhook", "Sends nothing there any more, open deliveries included")
                .answers(204, "It is gone")),
        Endpoint.post(
            "/webhooks/{id}/secret",
            OPERATE,
            this::rotate,
            EndpointDoc.call(
                    "rotateWebhookSecret", "A new secret; the one before signs along for 24 hours")
                .answers(200, WebhookSecretView.class, "The new secret, this once")));
  }

  private ServerResponse create(ServerRequest request, Caller caller) throws IOException {
    OwnerScope scope = scope(caller);
    WebhookRequest wanted =
        reader.read(RequestJson.of(request, NewWebhook.class, Problem.INVALID_REQUEST));
    Webhook webhook =
        new Webhook(
            UUID.randomUUID().toString(),
            scope,
            wanted,
            new Secrets(Signatures.newSecret(), null, null),
            Instant.ofEpochMilli(clock.instant().toEpochMilli()),
            null);
    if (!webhooks.add(webhook)) {
      throw new ProblemException(Problem.TOO_MANY_WEBHOOKS);
    }
    owners.refresh();
    return Answers.of(
        201,
        new CreatedWebhookView(
            webhook.id(),
            wanted.url().toString(),
            wanted.events(),
            wanted.types().stream().sorted().toList(),
            wanted.description(),
            webhook.createdAt(),
            null,
            webhook.secrets().current()),
        Map.of(HttpHeaders.LOCATION, request.requestPath().value() + "/" + webhook.id()));
  }

  private ServerResponse list(ServerRequest request, Caller caller) {
    List<WebhookView> all = webhooks.of(scope(caller)).stream().map(WebhookCalls::view).toList();
    return Answers.ok(new WebhooksView(all));
  }

  private ServerResponse get(ServerRequest request, Caller caller) {
    return Answers.ok(view(own(webhooks, request, caller)));
  }

  private ServerResponse delete(ServerRequest request, Caller caller) {
    webhooks.delete(own(webhooks, request, caller).id());
    owners.refresh();
    return ServerResponse.status(HttpStatus.NO_CONTENT).build();
  }

  private ServerResponse rotate(ServerRequest request, Caller caller) {
    String secret = Signatures.newSecret();
    Instant oldUntil = Instant.ofEpochMilli(clock.instant().plus(OVERLAP).toEpochMilli());
    webhooks.rotate(own(webhooks, request, caller).id(), secret, oldUntil);
    return Answers.ok(new WebhookSecretView(secret, oldUntil));
  }

  /// Returns the webhook in the path.
  ///
  /// @throws ProblemException when the caller has none with this id
  static Webhook own(WebhookTable webhooks, ServerRequest request, Caller caller) {
    OwnerScope scope = scope(caller);
    String id = request.pathVariable("id");
    if (!isId(id)) {
      throw new ProblemException(Problem.WEBHOOK_NOT_FOUND);
    }
    return webhooks
        .find(id)
        .filter(webhook -> webhook.scope().equals(scope))
        .orElseThrow(() -> new ProblemException(Problem.WEBHOOK_NOT_FOUND));
  }

  private static boolean isId(String id) {
    try {
      return UUID.fromString(id).toString().equals(id);
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  // Messages tell results, and webhooks where they go: both have to be permitted.
  private static OwnerScope scope(Caller caller) {
    if (!caller.access().permissions().contains(Permission.READ)) {
      throw new ProblemException(Problem.NOT_PERMITTED);
    }
    return OwnerScope.of(caller.owner(), caller.tenant());
  }

  private static WebhookView view(Webhook webhook) {
    WebhookRequest wanted = webhook.request();
    return new WebhookView(
        webhook.id(),
        wanted.url().toString(),
        wanted.events(),
        wanted.types().stream().sorted().toList(),
        wanted.description(),
        webhook.createdAt(),
        webhook.disabledAt());
  }
}
