package com.example.bookshop.handoff;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Starts the shop and prints what is in it, one thing a line. Knows nothing of Handoff.
final class Inventory {
  /// Names that Java and Spring make up anew at each start.
  private static final Pattern MADE_UP = Pattern.compile("(\\$\\$|\\$Proxy|/0x|@)[^ ]*");

  private Inventory() {}

  public static void main(String[] args) throws Exception {
    ConfigurableApplicationContext shop =
        SpringApplication.run(Class.forName("com.example.bookshop.BookshopApplication"), args);
    List<String> lines = new ArrayList<>();
    beans(shop, lines);
    shop.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((mapping, method) -> lines.add("mapping " + mapping + " " + method));
    filters(shop, lines);
    lines.add("client " + ClientHttpRequestFactoryBuilder.detect().getClass().getName());
    lines.add("cache " + shop.getBean(CacheManager.class).getClass().getName());
    database(shop, lines);
    lines.forEach(line -> System.out.println("# " + MADE_UP.matcher(line).replaceAll("")));
    System.out.println("READY " + shop.getEnvironment().getProperty("local.server.port"));
  }

  private static void beans(ConfigurableApplicationContext shop, List<String> lines) {
    for (String name : shop.getBeanDefinitionNames()) {
      Class<?> type = shop.getType(name);
      lines.add("bean " + name + " " + (type == null ? "" : type.getName()));
    }
  }

  private static void filters(ConfigurableApplicationContext shop, List<String> lines) {
    shop.getBean(ServletContext.class)
        .getFilterRegistrations()
        .forEach((name, filter) -> {
          Collection<String> patterns = filter.getUrlPatternMappings();
          lines.add("filter " + name + " " + patterns);
        });
  }

  private static void database(ConfigurableApplicationContext shop, List<String> lines)
      throws Exception {
    lines.add("databases " + Arrays.toString(shop.getBeanNamesForType(DataSource.class)));
    HikariDataSource pool = shop.getBean(HikariDataSource.class);
    lines.add("database " + pool.getJdbcUrl().replaceAll("mem:[^;]*", "mem:"));
    lines.add("pool " + pool.getMaximumPoolSize());
    lines.add("connections in use " + pool.getHikariPoolMXBean().getActiveConnections());
  }
}
