package dev.handoff.spring.api;

import com.github.victools.jsonschema.generator.FieldScope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;

/// The names of members in JSON, where annotations, mix-ins or the naming strategy of a mapper
/// change them. Safe for use by many threads.
final class MemberNames {
  private final DeserializationConfig config;

  MemberNames(DeserializationConfig config) {
    this.config = config;
  }

  /// Returns the name of this member; nothing where it has that of its field.
  @Nullable String of(FieldScope field) {
    JavaType owner = config.constructType(field.getRawMember().getDeclaringClass());
    ClassIntrospector introspector = config.classIntrospectorInstance();
    return introspector
        .introspectForDeserialization(owner, introspector.introspectClassAnnotations(owner))
        .findProperties()
        .stream()
        .filter(property -> property.getInternalName().equals(field.getDeclaredName()))
        .map(BeanPropertyDefinition::getName)
        .filter(name -> !name.equals(field.getDeclaredName()))
        .findFirst()
        .orElse(null);
  }
}
