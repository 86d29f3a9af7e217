package dev.handoff.spring.api;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.TypeScope;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The subtypes of a type, and how JSON says which of them a value is: as the mapper knows them,
/// from annotations, mix-ins, registrations and sealed types. Safe for use by many threads.
final class SubtypeSchemas implements CustomDefinitionProviderV2 {
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";

  private final JsonMapper mapper;

  SubtypeSchemas(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /// Returns the subtypes of which a value of this abstract type is one; nothing where JSON does
  /// not say which.
  @Nullable List<ResolvedType> subtypes(ResolvedType declared, SchemaGenerationContext context) {
    return Modifier.isAbstract(declared.getErasedType().getModifiers())
        ? concrete(declared, context)
        : null;
  }

  /// A value of a class with subtypes is of the class itself or of one of them.
  @Override
  public @Nullable CustomDefinition provideCustomSchemaDefinition(
      ResolvedType declared, SchemaGenerationContext context) {
    List<ResolvedType> subtypes =
        Modifier.isAbstract(declared.getErasedType().getModifiers())
            ? null
            : concrete(declared, context);
    if (subtypes == null) {
      return null;
    }
    ObjectNode any = context.getGeneratorConfig().createObjectNode();
    ArrayNode alternatives = any.putArray("anyOf");
    for (ResolvedType subtype : subtypes) {
      alternatives.add(
          subtype.getErasedType() == declared.getErasedType()
              ? context.createStandardDefinitionReference(declared, this)
              : context.createDefinitionReference(subtype));
    }
    return new CustomDefinition(any, DefinitionType.STANDARD, AttributeInclusion.NO);
  }

  private @Nullable List<ResolvedType> concrete(
      ResolvedType declared, SchemaGenerationContext context) {
    Class<?> type = declared.getErasedType();
    DeserializationConfig config = mapper.deserializationConfig();
    AnnotatedClass annotated =
        config.classIntrospectorInstance().introspectClassAnnotations(config.constructType(type));
    if (config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, annotated) == null) {
      return null;
    }
    List<ResolvedType> concrete =
        config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, annotated).stream()
            .<Class<?>>map(NamedType::getType)
            .filter(type::isAssignableFrom)
            .filter(subtype -> !Modifier.isAbstract(subtype.getModifiers()))
            .distinct()
            .map(subtype -> context.getTypeContext().resolveSubtype(declared, subtype))
            .toList();
    return concrete.isEmpty() || concrete.equals(List.of(declared)) ? null : concrete;
  }

  /// Adds what says that a value is of this type, to the schema of its members.
  void addTypeId(ObjectNode schema, TypeScope scope, SchemaGenerationContext ignoredContext) {
    Class<?> type = scope.getType().getErasedType();
    if (Modifier.isAbstract(type.getModifiers())
        || !schema.path("type").asString("").equals("object")) {
      return;
    }
    SerializationContext context = mapper._serializationContext();
    TypeSerializer serializer = context.findTypeSerializer(context.constructType(type));
    if (serializer != null && serializer.getTypeIdResolver() != null) {
      StringNode id = StringNode.valueOf(id(serializer.getTypeIdResolver(), context, type));
      add(schema, serializer, id);
    }
  }

  private static String id(TypeIdResolver ids, SerializationContext context, Class<?> type) {
    return ids.idFromValueAndType(context, null, type);
  }

  private static void add(ObjectNode schema, TypeSerializer serializer, StringNode id) {
    As how = serializer.getTypeInclusion();
    if (how == As.WRAPPER_OBJECT) {
      ObjectNode inside = schema.deepCopy();
      schema.removeAll();
      schema.put("type", "object").putObject(PROPERTIES).set(id.stringValue(), inside);
      schema.put("additionalProperties", false).putArray(REQUIRED).add(id);
    } else if (how == As.WRAPPER_ARRAY) {
      ObjectNode inside = schema.deepCopy();
      schema.removeAll();
      ArrayNode both = schema.put("type", "array").putArray("prefixItems");
      both.addObject().set("const", id);
      both.add(inside);
      schema.put("minItems", 2).put("maxItems", 2);
    } else if (serializer.getPropertyName() != null) {
      ObjectNode properties = schema.withObject("/" + PROPERTIES);
      properties.putObject(serializer.getPropertyName()).set("const", id);
      ArrayNode required = schema.withArray("/" + REQUIRED);
      if (required
          .valueStream()
          .noneMatch(name -> name.asString().equals(serializer.getPropertyName()))) {
        required.add(serializer.getPropertyName());
      }
    }
  }
}
