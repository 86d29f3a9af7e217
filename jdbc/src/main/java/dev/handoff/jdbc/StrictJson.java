package dev.handoff.jdbc;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/// Makes a mapper refuse what another version of the application may have written, where it would
/// otherwise put null, zero or a part of the value in its place; and what is no value, like a
/// thread, of which it would write what its getters say.
final class StrictJson {
  private StrictJson() {}

  /// Returns a mapper like this one that is strict.
  static JsonMapper of(JsonMapper mapper) {
    return mapper
        .rebuild()
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_INVALID_SUBTYPE,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(
            DeserializationFeature.ACCEPT_FLOAT_AS_INT,
            DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT,
            DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT)
        .disable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
        .configure(
            EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
            !mapper.isEnabled(EnumFeature.WRITE_ENUMS_USING_INDEX))
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Boolean,
            truth -> truth.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
        .addHandler(new WrittenOnly(mapper.serializationConfig()).handler())
        .addModule(new Strictness())
        .build();
  }

  private static final class Strictness extends SimpleModule {
    private static final long serialVersionUID = 1L;

    Strictness() {
      addSerializer(Thread.class, new RefusingSerializer());
      addSerializer(ThreadGroup.class, new RefusingSerializer());
      addSerializer(ClassLoader.class, new RefusingSerializer());
      addSerializer(Future.class, new RefusingSerializer());
    }

    @Override
    public void setupModule(SetupContext context) {
      super.setupModule(context);
      context.appendAnnotationIntrospector(new PartIntrospector());
    }
  }

  private static final class RefusingSerializer extends ValueSerializer<Object> {
    @Override
    public void serialize(Object value, JsonGenerator json, SerializationContext context) {
      context.reportBadDefinition(value.getClass(), "it is not a value");
    }
  }

  /// Requires the parts of records and constructors, unless they may be null or are left out when
  /// written. What the annotations and modules of the application say comes before.
  private static final class PartIntrospector extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      if (member instanceof AnnotatedParameter part && isRequired(config, part)) {
        return Boolean.TRUE;
      }
      return null;
    }

    private static boolean isRequired(MapperConfig<?> config, AnnotatedParameter part) {
      return !part.getType().isReferenceType()
          && !isNullable(part)
          && isAlwaysWritten(config, part);
    }

    private static boolean isNullable(AnnotatedParameter part) {
      AnnotatedElement owner = part.getOwner().getAnnotated();
      if (!(owner instanceof Executable creator)) {
        return false;
      }
      AnnotatedType type = creator.getAnnotatedParameterTypes()[part.getIndex()];
      return hasNullable(type.getAnnotations())
          || hasNullable(creator.getParameterAnnotations()[part.getIndex()])
          || component(creator, part.getIndex()).stream()
              .anyMatch(component ->
                  hasNullable(component.getAnnotatedType().getAnnotations())
                      || hasNullable(component.getAccessor().getAnnotations()));
    }

    private static List<RecordComponent> component(Executable creator, int index) {
      RecordComponent[] components = creator.getDeclaringClass().getRecordComponents();
      return components != null && components.length == creator.getParameterCount()
          ? List.of(components[index])
          : List.of();
    }

    private static boolean hasNullable(Annotation[] annotations) {
      return Arrays.stream(annotations)
          .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
    }

    private static boolean isAlwaysWritten(MapperConfig<?> config, AnnotatedParameter part) {
      Class<?> owner = part.getDeclaringClass();
      Class<?> mixIn = config.findMixInClassFor(owner);
      JsonInclude.Value byDefault =
          config.getDefaultInclusion(
              owner, part.getRawType(), config.getDefaultPropertyInclusion());
      return isAlways(byDefault)
          && isAlways(owner.getAnnotation(JsonInclude.class))
          && (mixIn == null || isAlways(mixIn.getAnnotation(JsonInclude.class)))
          && isAlways(part.getAnnotation(JsonInclude.class));
    }

    private static boolean isAlways(@Nullable JsonInclude include) {
      return include == null || isAlways(JsonInclude.Value.from(include));
    }

    private static boolean isAlways(JsonInclude.Value include) {
      return include.getValueInclusion() == JsonInclude.Include.ALWAYS
          || include.getValueInclusion() == JsonInclude.Include.USE_DEFAULTS;
    }
  }
}
