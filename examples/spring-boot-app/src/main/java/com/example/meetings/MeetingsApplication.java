package com.example.meetings;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication(proxyBeanMethods = false)
public class MeetingsApplication {
  public static void main(String[] args) {
    SpringApplication.run(MeetingsApplication.class, args);
  }
}
