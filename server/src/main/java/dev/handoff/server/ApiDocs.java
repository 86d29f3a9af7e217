package dev.handoff.server;

import dev.handoff.spring.HandoffProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells the page under `/docs` where the API's description is.
@RestController
final class ApiDocs {
  private final Where where;

  /// The address of the document.
  record Where(String document) {}

  ApiDocs(HandoffProperties settings) {
    this.where = new Where(settings.api().path() + "/openapi.json");
  }

  @GetMapping("/docs/where.json")
  Where where() {
    return where;
  }
}
