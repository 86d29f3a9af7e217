package com.example.bookshop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity
class Book {
  @Id @GeneratedValue private @Nullable Long id;

  private String title = "";

  protected Book() {}

  Book(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
