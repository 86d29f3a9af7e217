package dev.handoff.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

/// A JDBC URL, and the login beside it rather than in it.
record PostgresAddress(String url, String username, String password) {
  private static final String PREFIX = "jdbc:postgresql://";

  /// Takes the login out of a URL like `jdbc:postgresql://host:5432/postgres?user=me&password=…`.
  static PostgresAddress parse(String url) {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalStateException(
          "HANDOFF_TEST_PG_URL has the form jdbc:postgresql://host:port/database?user=…, was "
              + url);
    }
    int query = url.indexOf('?');
    String username = "";
    String password = "";
    List<String> rest = new ArrayList<>();
    for (String parameter : query < 0 ? List.<String>of() : split(url.substring(query + 1))) {
      if (parameter.startsWith("user=")) {
        username = URLDecoder.decode(parameter.substring("user=".length()), UTF_8);
      } else if (parameter.startsWith("password=")) {
        password = URLDecoder.decode(parameter.substring("password=".length()), UTF_8);
      } else {
        rest.add(parameter);
      }
    }
    String start = query < 0 ? url : url.substring(0, query);
    String end = rest.isEmpty() ? "" : "?" + String.join("&", rest);
    return new PostgresAddress(start + end, username, password);
  }

  private static List<String> split(String query) {
    return List.of(query.split("&", -1));
  }

  /// The same server's database of this name.
  PostgresAddress with(String database) {
    int query = url.indexOf('?');
    String start = query < 0 ? url : url.substring(0, query);
    String end = query < 0 ? "" : url.substring(query);
    int slash = start.indexOf('/', PREFIX.length());
    String server = slash < 0 ? start : start.substring(0, slash);
    return new PostgresAddress(server + "/" + database + end, username, password);
  }

  /// The same database on this server or on the other one, whichever takes writes.
  PostgresAddress or(PostgresAddress other) {
    int end = url.indexOf('/', PREFIX.length());
    String hosts =
        url.substring(0, end) + "," + other.url.substring(PREFIX.length()).split("/", 2)[0];
    String rest = url.substring(end);
    return new PostgresAddress(
        hosts + rest + (rest.contains("?") ? "&" : "?") + "targetServerType=primary",
        username,
        password);
  }

  /// Leaves the password out of logs.
  @Override
  public String toString() {
    return url + " as " + username;
  }
}
