package dev.handoff.spring.test.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/// Something that was bought, and the letter of thanks for it.
@Entity
public class Purchase {
  @Id private @Nullable String id;
  private @Nullable String buyer;
  private @Nullable String letter;

  protected Purchase() {}

  Purchase(String id, String buyer) {
    this.id = id;
    this.buyer = buyer;
  }

  @Nullable String buyer() {
    return buyer;
  }

  public @Nullable String letter() {
    return letter;
  }

  void write(String letter) {
    this.letter = letter;
  }
}
