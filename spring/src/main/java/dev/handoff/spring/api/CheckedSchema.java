package dev.handoff.spring.api;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.handoff.spring.wire.ViolationView;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A schema that validates values. Safe for use by many threads.
final class CheckedSchema {
  static final int MAX_ERRORS = 20;

  private static final int LONGEST_MESSAGE = 300;

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          settings ->
              settings.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .locale(Locale.ENGLISH)
                      .pathType(PathType.JSON_POINTER)
                      .build()));

  private final ObjectNode shown;
  private final Schema schema;

  CheckedSchema(ObjectNode schema) {
    this.shown = schema;
    this.schema = REGISTRY.getSchema(schema);
  }

  ObjectNode shown() {
    return shown;
  }

  /// Returns the violations of the value, at most [#MAX_ERRORS]; their pointers begin with `from`.
  List<ViolationView> violations(JsonNode value, String from) {
    return Alternatives.violations(schema.validate(value)).stream()
        .limit(MAX_ERRORS)
        .map(violation -> shown(violation, from))
        .toList();
  }

  private static ViolationView shown(ViolationView violation, String from) {
    String message = violation.message();
    return new ViolationView(
        from + violation.pointer(),
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE));
  }
}
