package com.example.meetings;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the application.
@SpringBootApplication(proxyBeanMethods = false)
public class MeetingsApplication {
  /// Takes Spring's options.
  public static void main(String[] args) {
    SpringApplication.run(MeetingsApplication.class, args);
  }
}
