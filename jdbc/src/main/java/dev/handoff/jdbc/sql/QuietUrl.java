package dev.handoff.jdbc.sql;

import java.util.regex.Pattern;

/// A JDBC URL without what may be secret: a login before the host, and every parameter.
public final class QuietUrl {
  private static final Pattern LOGIN = Pattern.compile("//[^/?;]*@");
  private static final Pattern PARAMETERS = Pattern.compile("[?;].*", Pattern.DOTALL);

  private QuietUrl() {}

  public static String of(String url) {
    return PARAMETERS.matcher(LOGIN.matcher(url).replaceFirst("//")).replaceFirst("");
  }
}
