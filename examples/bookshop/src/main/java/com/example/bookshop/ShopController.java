package com.example.bookshop;

import java.util.List;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

@RestController
class ShopController {
  private final BookRepository books;
  private final RestClient supplier;

  ShopController(BookRepository books, RestClient.Builder clients) {
    this.books = books;
    this.supplier = clients.build();
  }

  @GetMapping("/books")
  List<String> books() {
    return books.findAll().stream().map(Book::title).toList();
  }

  @PostMapping("/books")
  List<String> add(@RequestBody String title) {
    books.save(new Book(title));
    return books();
  }

  /// What another server says of a book; the path is that server's address.
  @PostMapping("/stock")
  String stock(@RequestBody String address) {
    String answer = supplier.get().uri(address).retrieve().body(String.class);
    return answer == null ? "" : answer;
  }

  @GetMapping("/opening-hours")
  @Cacheable("hours")
  public String openingHours() {
    return "9 to 5";
  }

  @GetMapping({"/tasks", "/tasks/7", "/webhooks", "/events", "/live", "/api/v1/tasks", "/handoffs"})
  String own() {
    return "the shop's own";
  }

  @PostMapping({"/tasks", "/api/v1/tasks", "/handoffs", "/handoff/letters"})
  int length(@RequestBody String letter) {
    return letter.length();
  }
}
