package dev.handoff.spring.test;

import dev.handoff.spring.HandoffAutoConfiguration;
import dev.handoff.spring.HandoffDatabaseAutoConfiguration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.ContextConfiguration;

/// A test of task handlers: an engine with the [dev.handoff.HandledType] beans of the given
/// classes, on an embedded store that is thrown away, with a clock that the test moves. Nothing
/// runs by itself: the test calls `runDue()` on its [dev.handoff.Handoff] bean, or uses the
/// [TaskTester].
///
/// Where the application keeps its data does not matter: `spring.datasource.url` and
/// `handoff.store.url` are blanked, and the application's tables go into the throw-away store, from
/// `schema.sql` where `spring.sql.init.mode=always` says so. There is no web server.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = ThrowAwayStore.class)
@ImportAutoConfiguration({
  ConfigurationPropertiesAutoConfiguration.class,
  PropertyPlaceholderAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  HandoffDatabaseAutoConfiguration.class,
  DataSourceInitializationAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  JdbcClientAutoConfiguration.class,
  DataSourceTransactionManagerAutoConfiguration.class,
  TransactionAutoConfiguration.class,
  HandoffTestAutoConfiguration.class,
  HandoffAutoConfiguration.class
})
public @interface HandoffTest {
  /// The classes with the handlers' beans, and those of what they need. The application's own class
  /// stands for all of it.
  @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
  Class<?>[] value();

  /// Settings of the application under test, each as `name=value`.
  @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
  String[] properties() default {};
}
