package dev.handoff.jdbc;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;

/// Skips properties that a class of the application writes and does not read, like that of a method
/// `isEmpty()`: they are derived from the others. A class of the JDK that has such properties, like
/// a thread or a future, is no value, so theirs stay unknown.
final class WrittenOnly {
  private final SerializationConfig written;
  private final Map<Class<?>, Set<String>> names = new ConcurrentHashMap<>();

  WrittenOnly(SerializationConfig written) {
    this.written = written;
  }

  DeserializationProblemHandler handler() {
    return new DeserializationProblemHandler() {
      @Override
      public boolean handleUnknownProperty(
          DeserializationContext context,
          JsonParser json,
          ValueDeserializer<?> reader,
          Object beanOrClass,
          String property) {
        boolean skipped = isWrittenOnly(beanOrClass, property);
        if (skipped) {
          json.skipChildren();
        }
        return skipped;
      }
    };
  }

  private boolean isWrittenOnly(Object beanOrClass, String property) {
    Class<?> type = beanOrClass instanceof Class<?> named ? named : beanOrClass.getClass();
    return !type.getName().startsWith("java.")
        && names.computeIfAbsent(type, this::writtenBy).contains(property);
  }

  private Set<String> writtenBy(Class<?> type) {
    JavaType described = written.constructType(type);
    ClassIntrospector introspector = written.classIntrospectorInstance();
    AnnotatedClass annotated = introspector.introspectClassAnnotations(described);
    return introspector.introspectForSerialization(described, annotated).findProperties().stream()
        .map(BeanPropertyDefinition::getName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
