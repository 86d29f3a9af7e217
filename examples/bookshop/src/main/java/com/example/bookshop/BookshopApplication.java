package com.example.bookshop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

@SpringBootApplication
@EnableCaching
public class BookshopApplication {
  public static void main(String[] args) {
    SpringApplication.run(BookshopApplication.class, args);
  }
}
