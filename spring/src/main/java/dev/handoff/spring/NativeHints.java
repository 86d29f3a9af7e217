package dev.handoff.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/// What a native image has to keep of this module: the migrations of the store and of the API, the
/// list of settings, the JSON of the API, and the interfaces that connections are wrapped in.
final class NativeHints implements RuntimeHintsRegistrar {
  private static final String WIRE = "dev.handoff.spring.wire";

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    hints.resources().registerPattern("dev/handoff/jdbc/migrations/**");
    hints.resources().registerPattern("dev/handoff/spring/migrations/**");
    hints.resources().registerPattern("META-INF/spring-configuration-metadata.json");
    Class<?>[] wire = wire(loader).toArray(Class<?>[]::new);
    new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), wire);
    for (Class<?> type :
        List.of(
            Connection.class, DatabaseMetaData.class, Statement.class, PreparedStatement.class)) {
      hints.proxies().registerJdkProxy(type);
    }
  }

  /// The types of the package for JSON, listed while the image is built.
  private static Stream<Class<?>> wire(@Nullable ClassLoader loader) {
    var resolver = new PathMatchingResourcePatternResolver(loader);
    try {
      Resource[] files = resolver.getResources("classpath*:dev/handoff/spring/wire/*.class");
      return Stream.of(files)
          .<Class<?>>map(file -> ClassUtils.resolveClassName(nameOf(file), loader))
          .filter(type -> !type.getSimpleName().equals("package-info"));
    } catch (IOException e) {
      throw new UncheckedIOException("the classes of " + WIRE + " cannot be listed", e);
    }
  }

  private static String nameOf(Resource file) {
    String name = String.valueOf(file.getFilename());
    return WIRE + "." + name.substring(0, name.length() - ".class".length());
  }
}
