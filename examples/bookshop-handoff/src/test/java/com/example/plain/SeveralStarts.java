package com.example.plain;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;

/// Starts applications one after the other in one process. The arguments up to each `next` are an
/// application's class and its settings.
public final class SeveralStarts {
  /// Stands after each start, in the arguments and in the output.
  public static final String NEXT = "next";

  private SeveralStarts() {}

  public static void main(String[] args) throws Exception {
    List<String> start = new ArrayList<>();
    for (String argument : args) {
      if (argument.equals(NEXT)) {
        run(Class.forName(start.removeFirst()), start.toArray(String[]::new));
        System.out.println(NEXT);
        start.clear();
      } else {
        start.add(argument);
      }
    }
    System.exit(0);
  }

  private static void run(Class<?> application, String[] settings) {
    try {
      SpringApplication.run(application, settings).close();
      System.out.println("STARTED");
    } catch (RuntimeException refused) {
      // Spring Boot has said why.
      System.out.println("REFUSED");
    }
  }
}
