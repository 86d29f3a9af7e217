package dev.handoff.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.annotation.AliasFor;

/// A test of task handlers: an engine with the [dev.handoff.HandledType] beans of the given
/// classes, on a database that is thrown away, with a clock that the test moves. Nothing runs by
/// itself: the test calls `runDue()` on its [dev.handoff.Handoff] bean, or uses the [TaskTester].
///
/// Where the application keeps its data does not matter: its settings of `spring.datasource` and
/// `handoff.store` are replaced by those of the database that is thrown away. The application's
/// tables are in it too, made by its own migrations (Flyway, Liquibase) before Handoff's, or from
/// `schema.sql` where `spring.sql.init.mode=always` says so, or by Hibernate with
/// `spring.jpa.hibernate.ddl-auto=create`. Submits are part of its transactions, JPA's among them.
/// There is no web server.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ImportAutoConfiguration
public @interface HandoffTest {
  /// The classes with the handlers' beans, and those of what they need. The application's own class
  /// stands for all of it. Entities and repositories of JPA are looked for in their packages.
  @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
  Class<?>[] value();

  /// Settings of the application under test, each as `name=value`.
  @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
  String[] properties() default {};

  /// The kind of database, of which each test context gets a new one.
  ThrowAwayDatabase database() default ThrowAwayDatabase.SQLITE;
}
