package dev.handoff.jdbc;

import dev.handoff.jdbc.sql.PooledDataSource;
import dev.handoff.jdbc.sql.QuietUrl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A DataSource whose connections tell their URL without what may be secret: a login before the
/// host, and every parameter. For libraries that log the URL of their database, as Flyway does.
/// Everything else is the wrapped DataSource's. Safe for use by many threads if that one is.
public final class QuietDataSource extends PooledDataSource {
  private QuietDataSource(DataSource loud) {
    super(loud);
  }

  /// Wraps this DataSource, which the caller closes.
  public static QuietDataSource of(DataSource loud) {
    return new QuietDataSource(loud);
  }

  /// Takes a connection, which the caller closes.
  @Override
  public Connection getConnection() throws SQLException {
    return answering(
        Connection.class,
        pool().getConnection(),
        "getMetaData",
        about ->
            answering(
                DatabaseMetaData.class,
                (DatabaseMetaData) about,
                "getURL",
                url -> QuietUrl.of((String) url)));
  }

  private static <T> T answering(
      Class<T> type, T wrapped, String method, UnaryOperator<Object> instead) {
    return type.cast(
        Proxy.newProxyInstance(
            QuietDataSource.class.getClassLoader(),
            new Class<?>[] {type},
            (ignoredProxy, called, arguments) -> {
              @Nullable Object answer = call(called, wrapped, arguments);
              return answer != null && called.getName().equals(method)
                  ? instead.apply(answer)
                  : answer;
            }));
  }

  private static @Nullable Object call(Method called, Object wrapped, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return called.invoke(wrapped, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /// The name only: the wrapped DataSource may contain a password.
  @Override
  public String toString() {
    return "QuietDataSource";
  }
}
