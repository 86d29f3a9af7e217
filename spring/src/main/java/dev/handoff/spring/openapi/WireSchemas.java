package dev.handoff.spring.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.DefaultSchemaDefinitionNamingStrategy;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import dev.handoff.spring.wire.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON schemas of the wire's records, collected when they are referenced. Used by one thread.
final class WireSchemas {
  private static final String VIEW = "View";
  private static final String FOLDER = "components/schemas";
  private static final String REFERENCE = "#/" + FOLDER + "/";

  private final SchemaBuilder schemas;
  private final Map<Class<?>, JsonSubTypes> unions = new LinkedHashMap<>();

  WireSchemas() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                new JacksonSchemaModule(
                    JacksonOption.SKIP_SUBTYPE_LOOKUP, JacksonOption.IGNORE_TYPE_INFO_TRANSFORM))
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.INLINE_NULLABLE_SCHEMAS)
            .with(Option.PLAIN_DEFINITION_KEYS, Option.EXTRA_OPEN_API_FORMAT_VALUES)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    config
        .forFields()
        .withNullableCheck(WireSchemas::isNullable)
        .withRequiredCheck(field -> !isOptional(field))
        .withEnumResolver(WireSchemas::words);
    config
        .forTypesInGeneral()
        // In the order of declaration.
        .withPropertySorter((unusedFirst, unusedSecond) -> 0)
        .withDefinitionNamingStrategy(new NamedLikeTheWire())
        .withCustomDefinitionProvider((type, context) ->
            type.isInstanceOf(JsonNode.class)
                ? new CustomDefinition(context.getGeneratorConfig().createObjectNode(), true)
                : null);
    this.schemas = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
  }

  /// Returns a reference to this type's schema, or the schema itself for a simple type.
  ObjectNode of(Class<?> type) {
    JsonSubTypes kinds = type.getAnnotation(JsonSubTypes.class);
    if (kinds == null) {
      return schemas.createSchemaReference(type);
    }
    unions.put(type, kinds);
    return JsonNodeFactory.instance.objectNode().put("$ref", REFERENCE + nameOf(type));
  }

  /// Returns all referenced schemas, by name.
  ObjectNode collected() {
    Map<Class<?>, ObjectNode> written = new LinkedHashMap<>();
    unions.forEach((type, kinds) -> written.put(type, union(type, kinds)));
    ObjectNode all = schemas.collectDefinitions(FOLDER);
    unions.forEach((ignored, kinds) -> nameKinds(kinds, all));
    written.forEach((type, union) -> all.set(nameOf(type), union));
    return all;
  }

  private ObjectNode union(Class<?> type, JsonSubTypes kinds) {
    ObjectNode union = JsonNodeFactory.instance.objectNode();
    ArrayNode oneOf = union.putArray("oneOf");
    ObjectNode discriminator = union.putObject("discriminator");
    discriminator.put("propertyName", discriminatorOf(type));
    ObjectNode mapping = discriminator.putObject("mapping");
    for (JsonSubTypes.Type kind : kinds.value()) {
      // The reference is filled in when all are collected.
      oneOf.add(schemas.createSchemaReference(kind.value()));
      mapping.put(kind.name(), REFERENCE + nameOf(kind.value()));
    }
    return union;
  }

  // Adds the discriminator to each kind.
  private static void nameKinds(JsonSubTypes kinds, ObjectNode all) {
    for (JsonSubTypes.Type kind : kinds.value()) {
      ObjectNode schema = (ObjectNode) all.path(nameOf(kind.value()));
      ObjectNode properties = (ObjectNode) schema.path("properties");
      ObjectNode others = properties.deepCopy();
      properties.removeAll();
      properties.putObject("type").put("const", kind.name());
      properties.setAll(others);
      ((ArrayNode) schema.path("required")).insert(0, "type");
    }
  }

  private static String discriminatorOf(Class<?> type) {
    return type.getAnnotation(JsonTypeInfo.class).property();
  }

  private static String nameOf(Class<?> type) {
    return withoutView(type.getSimpleName());
  }

  private static String withoutView(String name) {
    return name.endsWith(VIEW) ? name.substring(0, name.length() - VIEW.length()) : name;
  }

  private static boolean isNullable(FieldScope field) {
    return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  // A client may leave out a nullable member. Answers contain it, unless its annotation says
  // otherwise.
  private static boolean isOptional(FieldScope field) {
    boolean isSent =
        outermost(field.getDeclaringType().getErasedType()).getSimpleName().endsWith(VIEW);
    return isNullable(field)
        && (!isSent || field.getRawMember().isAnnotationPresent(JsonInclude.class));
  }

  private static Class<?> outermost(Class<?> type) {
    Class<?> enclosing = type.getEnclosingClass();
    return enclosing == null ? type : outermost(enclosing);
  }

  private static @Nullable List<String> words(FieldScope field) {
    Words words = field.getAnnotationConsideringFieldAndGetterIfSupported(Words.class);
    return words == null ? null : List.of(words.value());
  }

  /// Names without `View`: `TaskView` is `Task` in the document.
  private static final class NamedLikeTheWire extends DefaultSchemaDefinitionNamingStrategy {
    @Override
    public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
      return withoutView(super.getDefinitionNameForKey(key, context));
    }
  }
}
