package dev.handoff.systems.teamevaluation.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.MessageReceivers;
import dev.handoff.systems.teamevaluation.MessageReceivers.ReceiverSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls by which teachers say where their school's messages go, and read what signs them.
@RestController
@RequestMapping(EvaluationController.CALLS + "/receivers")
record MessageReceiverController(MessageReceivers receivers) {
  /// What a receiver has to know.
  ///
  /// @param oldUntil until when the secret before signs along; null if none does
  record ReceiversView(
      List<String> hosts,
      String secret,
      @JsonProperty("old_secret_until") @Nullable Instant oldUntil) {
    private static ReceiversView of(ReceiverSettings settings) {
      return new ReceiversView(settings.hosts(), settings.secret(), settings.oldUntil());
    }
  }

  @GetMapping
  ReceiversView show(Member member) {
    return ReceiversView.of(receivers.of(member.teaching().school().id()));
  }

  @PutMapping
  ReceiversView allow(Member member, HttpServletRequest request) throws IOException {
    Member teacher = member.teaching();
    JsonBody body = JsonBody.of(request);
    if (!body.has("hosts")) {
      throw RefusedException.badRequest("hosts is required");
    }
    return ReceiversView.of(receivers.allow(teacher.school(), body.texts("hosts")));
  }

  @PostMapping("/secret")
  ResponseEntity<Void> renew(Member member) {
    receivers.renewSecret(member.teaching().school());
    return ResponseEntity.noContent().build();
  }
}
