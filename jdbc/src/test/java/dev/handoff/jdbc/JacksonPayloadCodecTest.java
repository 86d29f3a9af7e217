package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.handoff.Payload;
import dev.handoff.PayloadException;
import dev.handoff.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class JacksonPayloadCodecTest {
  private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

  record EncodedQuestion(String text, List<String> hints, Instant askedAt) {}

  @Test
  void readsWhatItWrote() {
    EncodedQuestion question =
        new EncodedQuestion("what is \"x\"?", List.of("😀"), Instant.parse("2026-01-05T09:00:00Z"));

    Payload payload = codec.encode(question);

    assertThat(payload.text())
        .isEqualTo(
            "{\"text\":\"what is \\\"x\\\"?\",\"hints\":[\"😀\"],"
                + "\"askedAt\":\"2026-01-05T09:00:00Z\"}");
    assertThat(codec.decode(payload, EncodedQuestion.class)).isEqualTo(question);
  }

  @Test
  void refusesTextOfAnotherKind() {
    for (String text : List.of("", "{", "[1]", "null", "\"text\"")) {
      assertThatThrownBy(() -> codec.decode(new Payload(text), EncodedQuestion.class))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("Question");
    }
  }

  record Selfish(String name) {
    Selfish {
      name = name.strip();
    }

    public Selfish getSelf() {
      return this;
    }
  }

  @Test
  void refusesWhatHasNoEnd() {
    assertThatThrownBy(() -> codec.encode(new Selfish("endless")))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("Selfish");
  }

  private static String problem(Object value, Class<?> type) {
    JacksonPayloadCodec codec = new JacksonPayloadCodec();
    Payload payload = codec.encode(value);
    try {
      return "read: " + codec.decode(payload, type);
    } catch (PayloadException e) {
      return e.problem();
    }
  }

  @SuppressWarnings("NullAway")
  private static String nothing() {
    return null;
  }

  record Price(double amount, String currency) {}

  record WholePrice(int amount, String currency) {}

  record NamedPrice(double amount, @JsonProperty("iso_code") String currency) {}

  record AliasedPrice(double amount, @JsonAlias("currency") String code) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record AmountOnly(double amount) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SparsePrice(double amount, String currency, String note) {}

  record Basket(List<Price> prices, Map<String, Price> special) {}

  record NamedBasket(List<NamedPrice> prices, Map<String, Price> special) {}

  @Test
  void saysWhichFieldDoesNotFit() {
    Price price = new Price(1.5, "EUR");
    assertThat(problem(price, WholePrice.class)).isEqualTo("the field 'amount' has another type");
    assertThat(problem(price, NamedPrice.class))
        .isEqualTo("the field 'iso_code' is missing, and 'currency' is unknown");
    assertThat(problem(price, AmountOnly.class)).isEqualTo("read: AmountOnly[amount=1.5]");
    assertThat(problem(price, AliasedPrice.class)).startsWith("read: ").contains("EUR");
    assertThat(problem(price, String.class)).isEqualTo("it has another type");
    assertThat(problem(new Basket(List.of(price), Map.of("a", price)), NamedBasket.class))
        .startsWith("the field 'prices[0].iso_code' is missing");
    assertThat(problem(new SparsePrice(1, nothing(), "n"), SparsePrice.class)).startsWith("read: ");
  }

  record Derived(String name) {
    public boolean isBlank() {
      return name.isBlank();
    }

    public String getGreeting() {
      return "hello " + name;
    }
  }

  @Test
  void readsWhatHasMorePropertiesThanFields() {
    assertThat(codec.encode(new Derived("Asha")).text()).contains("greeting");
    assertThat(codec.decode(codec.encode(new Derived("Asha")), Derived.class))
        .isEqualTo(new Derived("Asha"));
  }

  record WithWorker(String name, Object worker) {}

  @Test
  void refusesWhatIsNoValue() {
    for (Object worker :
        List.of(Thread.currentThread(), new CompletableFuture<>(), getClass().getClassLoader())) {
      assertThatThrownBy(() -> codec.encode(new WithWorker("a", worker)))
          .isInstanceOfSatisfying(
              PayloadException.class, e -> assertThat(e.field()).contains("worker"));
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
  sealed interface Shape {}

  record Circle(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  @Test
  void readsTypesWithArgumentsAndSubtypes() {
    TypeRef<List<Shape>> shapes = new TypeRef<>() {};
    List<Shape> both = List.of(new Circle(1), new Square(2));

    assertThat(codec.decode(codec.encode(both, shapes), shapes)).isEqualTo(both);
    assertThat(codec.decode(codec.encode(new Circle(1), TypeRef.of(Shape.class)), Shape.class))
        .isEqualTo(new Circle(1));
    assertThatThrownBy(() -> codec.decode(new Payload("{\"@type\":\"Star\"}"), Shape.class))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("unknown subtype");
  }

  @Test
  void anApplicationsMapperMayLeaveOutNulls() {
    JacksonPayloadCodec sparse =
        new JacksonPayloadCodec(
            JsonMapper.builder()
                .changeDefaultPropertyInclusion(
                    include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build());
    Price price = new Price(1, nothing());

    assertThat(sparse.encode(price).text()).isEqualTo("{\"amount\":1.0}");
    assertThat(sparse.decode(sparse.encode(price), Price.class)).isEqualTo(price);
    assertThatThrownBy(() -> sparse.decode(sparse.encode(new Price(1, "EUR")), NamedPrice.class))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("'currency'");
  }

  @Test
  void whatACallerSendsMayLeaveOutWhatMayBeNull() {
    assertThat(codec.decodeSent(new Payload("{\"amount\":1}"), TypeRef.of(Price.class)))
        .isEqualTo(new Price(1, nothing()));
    assertThatThrownBy(
            () -> codec.decodeSent(new Payload("{\"amount\":\"x\"}"), TypeRef.of(Price.class)))
        .isInstanceOf(PayloadException.class);
  }
}
