package com.example.answers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class AnswersApplication {
  public static void main(String[] args) {
    SpringApplication.run(AnswersApplication.class, args);
  }
}
