package dev.handoff.spring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/// Finds the application's own database among its beans.
final class ApplicationDatabase {
  private static final List<String> IN_MEMORY =
      List.of("jdbc:h2:mem:", "jdbc:hsqldb:mem:", "jdbc:derby:memory:");

  private ApplicationDatabase() {}

  /// Returns the application's DataSource, the `@Primary` one of several; empty without one, and
  /// where it is unclear which is meant and a setting names the store's database.
  ///
  /// @throws UnsupportedStoreException when there are several, and no setting names a database
  static Optional<DataSource> of(ListableBeanFactory beans, boolean storeIsNamed) {
    ObjectProvider<DataSource> all = beans.getBeanProvider(DataSource.class);
    try {
      DataSource one = all.getIfUnique();
      if (one == null && !storeIsNamed && all.stream().findAny().isPresent()) {
        throw UnsupportedStoreException.ofSeveral(
            Arrays.asList(beans.getBeanNamesForType(DataSource.class)));
      }
      return Optional.ofNullable(one);
    } catch (NoUniqueBeanDefinitionException severalPrimary) {
      if (storeIsNamed) {
        return Optional.empty();
      }
      throw UnsupportedStoreException.ofSeveralPrimary(
          Arrays.asList(beans.getBeanNamesForType(DataSource.class)));
    }
  }

  /// Returns whether the bean of this name is the one that [#of] finds, as far as definitions tell;
  /// makes no bean. As for an injection point without a name, beans that are no default candidates
  /// do not count, and of several the primary one is meant.
  static boolean isBean(String name, ConfigurableListableBeanFactory beans) {
    List<String> candidates =
        Arrays.stream(beans.getBeanNamesForType(DataSource.class, true, false))
            .filter(each -> isCandidate(each, beans))
            .toList();
    List<String> primary =
        candidates.stream()
            .filter(each ->
                beans.containsBeanDefinition(each)
                    && beans.getMergedBeanDefinition(each).isPrimary())
            .toList();
    return primary.isEmpty() ? candidates.equals(List.of(name)) : primary.equals(List.of(name));
  }

  private static boolean isCandidate(String name, ConfigurableListableBeanFactory beans) {
    if (!beans.containsBeanDefinition(name)) {
      return true;
    }
    BeanDefinition definition = beans.getMergedBeanDefinition(name);
    return definition.isAutowireCandidate()
        && (!(definition instanceof AbstractBeanDefinition plain) || plain.isDefaultCandidate());
  }

  /// Returns whether all data is gone when the application stops, as with the embedded databases
  /// that Spring Boot makes for an application that names none.
  static boolean isInMemory(DataSource application) {
    try (Connection connection = application.getConnection()) {
      String url = connection.getMetaData().getURL();
      return url != null && IN_MEMORY.stream().anyMatch(url::startsWith);
    } catch (SQLException | RuntimeException unreachable) {
      // The store reports it.
      return false;
    }
  }
}
