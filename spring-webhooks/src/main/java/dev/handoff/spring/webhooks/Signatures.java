package dev.handoff.spring.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// Secrets and signatures after the Standard Webhooks specification. Safe for use by many threads.
public final class Signatures {
  private static final String PREFIX = "whsec_";
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Signatures() {}

  /// A new random secret, `whsec_` and base64 of 32 bytes.
  public static String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  /// Returns the headers with the message's id, its time and a signature with each of the secrets,
  /// of which a receiver checks one.
  ///
  /// @param id of the message, the same at each attempt; it has no dot
  public static Map<String, String> headers(
      List<String> secrets, String id, Instant at, String body) {
    StringJoiner signatures = new StringJoiner(" ");
    for (String secret : secrets) {
      signatures.add(sign(secret, id, at, body));
    }
    return Map.of(
        Webhook.UNBRANDED_MSG_ID_KEY,
        id,
        Webhook.UNBRANDED_MSG_TIMESTAMP_KEY,
        Long.toString(at.getEpochSecond()),
        Webhook.UNBRANDED_MSG_SIGNATURE_KEY,
        signatures.toString());
  }

  private static String sign(String secret, String id, Instant at, String body) {
    try {
      return new Webhook(secret).sign(id, at.getEpochSecond(), body);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("a secret of ours cannot sign", e);
    }
  }
}
