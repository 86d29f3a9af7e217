package dev.handoff.spring.api;

import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Module;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import dev.handoff.NoResult;
import dev.handoff.spring.wire.Sized;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON Schemas (2020-12) of Java types, as Jackson reads them. A member has to be there when it is
/// a primitive, or not `@Nullable` in a `@NullMarked` class, or marked so by Jakarta Validation,
/// whose bounds are taken over where the application has it; members that the type does not have
/// are refused. Where a type has subtypes, a value is any of them. Safe for use by many threads.
public final class JsonSchemas {
  private static final boolean JAKARTA_VALIDATION =
      ClassUtils.isPresent("jakarta.validation.Constraint", JsonSchemas.class.getClassLoader());

  private final SchemaGenerator generator;

  /// Schemas of what Jackson reads by default.
  public JsonSchemas() {
    this(JsonMapper.builder().build());
  }

  /// Schemas of what this mapper reads: with its names of members and its subtypes.
  public JsonSchemas(JsonMapper mapper) {
    this.generator = new SchemaGenerator(configuration(mapper).build());
  }

  /// The schema of this type.
  public ObjectNode of(Type type) {
    return generator.generateSchema(type);
  }

  private static SchemaGeneratorConfigBuilder configuration(JsonMapper mapper) {
    SubtypeSchemas subtypes = new SubtypeSchemas(mapper);
    MemberNames names = new MemberNames(mapper.deserializationConfig());
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                new JacksonSchemaModule(
                    JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE,
                    JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                    JacksonOption.SKIP_SUBTYPE_LOOKUP,
                    JacksonOption.IGNORE_TYPE_INFO_TRANSFORM,
                    JacksonOption.IGNORE_PROPERTY_NAMING_STRATEGY))
            .with(
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
    if (JAKARTA_VALIDATION) {
      SchemaGeneratorConfigBuilder unused = builder.with(Jakarta.module());
    }
    builder
        .forTypesInGeneral()
        .withCustomDefinitionProvider((type, context) ->
            isAnything(type.getErasedType())
                ? inline(context.getGeneratorConfig().createObjectNode())
                : null)
        .withCustomDefinitionProvider((type, context) ->
            isNothing(type.getErasedType())
                ? inline(context.getGeneratorConfig().createObjectNode().put("type", "null"))
                : null)
        .withCustomDefinitionProvider(subtypes)
        .withTypeAttributeOverride(subtypes::addTypeId)
        .withSubtypeResolver(subtypes::subtypes);
    builder
        .forFields()
        .withPropertyNameOverrideResolver(names::of)
        .withRequiredCheck(JsonSchemas::isNeeded)
        .withNullableCheck(JsonSchemas::isNullable)
        .withStringMinLengthResolver(field -> field.isContainerType() ? null : min(field))
        .withStringMaxLengthResolver(field -> field.isContainerType() ? null : max(field))
        .withStringPatternResolver(JsonSchemas::pattern)
        .withArrayMinItemsResolver(field -> field.isContainerType() ? min(field) : null)
        .withArrayMaxItemsResolver(field -> field.isContainerType() ? max(field) : null);
    return builder;
  }

  /// Loaded only where the application has the annotations.
  private static final class Jakarta {
    static Module module() {
      return new JakartaValidationModule(
          JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
          JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS);
    }
  }

  private static @Nullable Sized bounds(FieldScope field) {
    return field.isFakeContainerItemScope()
        ? null
        : field.getRawMember().getAnnotation(Sized.class);
  }

  private static @Nullable Integer min(FieldScope field) {
    Sized bounds = bounds(field);
    return bounds == null || bounds.min() == 0 ? null : Integer.valueOf(bounds.min());
  }

  private static @Nullable Integer max(FieldScope field) {
    Sized bounds = bounds(field);
    return bounds == null ? null : Integer.valueOf(bounds.max());
  }

  private static @Nullable String pattern(FieldScope field) {
    Sized bounds = bounds(field);
    return bounds == null || bounds.pattern().isEmpty() ? null : bounds.pattern();
  }

  private static CustomDefinition inline(ObjectNode schema) {
    return new CustomDefinition(
        schema, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.NO);
  }

  private static boolean isNothing(Class<?> type) {
    return type == NoResult.class || type == Void.class;
  }

  private static boolean isAnything(Class<?> type) {
    return type == Object.class || JsonNode.class.isAssignableFrom(type);
  }

  private static boolean isNeeded(FieldScope field) {
    Class<?> type = field.getRawMember().getType();
    return type.isPrimitive()
        || (isNullMarked(field.getRawMember().getDeclaringClass())
            && type != Optional.class
            && !isNullable(field));
  }

  private static boolean isNullable(FieldScope field) {
    return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean isNullMarked(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
      if (at.isAnnotationPresent(NullMarked.class)) {
        return true;
      }
    }
    return type.getPackage().isAnnotationPresent(NullMarked.class);
  }
}
