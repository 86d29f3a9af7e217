package dev.handoff.systems.teamevaluation.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nothing that names a person gets through.
final class AnonymiserTest {
  private static final List<String> CLASS =
      List.of(
          "Sanne de Vries",
          "Fleur van der Berg",
          "Zoë Hendriks",
          "Mohamed Ait-Lahcen",
          "Anne-Marie Postma",
          "Thijs van 't Hof",
          "Sem Özdemir",
          "Bo Wouters",
          "Søren Jacobs",
          "Amina Yılmaz",
          "Youssef El Amrani",
          "Marieke Visser");

  private final Anonymiser names = Anonymiser.of(CLASS, List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sanne plant goed.                       | [...] plant goed.",
        "sanne de vries plant goed               | [...] plant goed",
        "SANNE! Goed gedaan                      | [...]! Goed gedaan",
        "Sannes planning was af                  | [...] planning was af",
        "Sanne's planning was af                 | [...]'s planning was af",
        "Goed samen met de Vries                 | Goed samen met [...]",
        "Vraag het van der Berg of fleur         | Vraag het [...] of [...]",
        "Zoe deed mee, Zoë ook                   | [...] deed mee, [...] ook",
        "anne marie en Anne-Marie                | [...] en [...]",
        "aitlahcen@mail.nl of Ait Lahcen         | [...] of [...]",
        "Soren en yilmaz waren er                | [...] en [...] waren er",
        "Ozdemir legde het uit                   | [...] legde het uit",
        "Bo hielp mij                            | [...] hielp mij",
        "de boot lag bo                          | de boot lag bo",
        "@sanne_devries2009 op insta             | [...] op insta",
        "Mail sanne.devries+x@school1.test maar  | Mail [...] maar",
        "Mail sanne (at) school1.test            | Mail [...]",
        "gemaakt door Klaas en met Piet de Boer  | gemaakt [...] en [...]",
        "Je naam is mooi en jij heet anders      | [...] is mooi en [...] anders",
        "S\u200Banne   was \t er                 | [...] was er",
        "van 't Hof kwam te laat                 | [...] kwam te laat",
        "Daarna deed het team alles goed         | Daarna deed het team alles goed",
        "Sanne, Fleur, Zoë                       | [...]",
        "Je werkt hard van begin tot eind        | Je werkt hard van begin tot eind"
      })
  void takesOutWhatNamesAPerson(String written, String read) {
    assertThat(names.comment(written).text()).isEqualTo(read);
  }

  @Test
  void whatIsOnlyANameSaysNothing() {
    assertThat(names.comment("Sanne de Vries!!").saysSomething()).isFalse();
    assertThat(names.comment("Sanne deed mee").saysSomething()).isTrue();
  }

  @Test
  void aSummaryKeepsItsTurnsOfPhrase() {
    assertThat(names.summary("Je bent sterk in plannen. Sanne ook.").text())
        .isEqualTo("Je bent sterk in plannen. [...] ook.");
  }

  @Test
  void noGeneratedNameGetsThrough() {
    long seed = Long.getLong("handoff.seed", 20_251_123L);
    Random dice = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      List<String> people = people(dice);
      Anonymiser anonymiser = Anonymiser.of(people, List.of());
      String comment = comment(people, dice);
      String read = anonymiser.comment(comment).text();

      Set<String> left = new HashSet<>(Arrays.asList(plain(read).split("[^\\p{L}\\p{N}]+")));
      left.retainAll(telling(people));
      assertThat(left)
          .as("seed %d round %d: %s in: %s%nout: %s", seed, round, people, comment, read)
          .isEmpty();
      assertThat(read).doesNotContain("school1").contains("werkt").contains("hard");
    }
  }

  private static final List<String> FIRST =
      List.of(
          "Zoë",
          "Renée",
          "Jan-Willem",
          "Anne-Fleur",
          "Søren",
          "Łukasz",
          "Ümit",
          "Çağla",
          "Noël",
          "D'Angelo",
          "Thijmen",
          "Aïsha",
          "Björn",
          "José",
          "Ilse",
          "Xavi",
          "Siem",
          "Jip",
          "Gijs");
  private static final List<String> PREFIXES =
      List.of(
          "", "", "", "van ", "van der ", "van den ", "de ", "ter ", "van 't ", "El ", "op den ");
  private static final List<String> LAST =
      List.of(
          "Müller",
          "Özdemir",
          "O'Neill",
          "Ait-Lahcen",
          "Dijkstra",
          "Ståhl",
          "Groß",
          "Berg-Vos",
          "Yılmaz",
          "Nuñez",
          "Kuipers",
          "Brønsted",
          "Çelik",
          "Hoekstra");

  private static List<String> people(Random dice) {
    List<String> people = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      people.add(pick(FIRST, dice) + " " + pick(PREFIXES, dice) + pick(LAST, dice));
    }
    return people;
  }

  private static String comment(List<String> people, Random dice) {
    StringBuilder comment = new StringBuilder("Iedereen werkt ");
    for (int i = 0; i < 5; i++) {
      String name = written(pick(people, dice), dice);
      comment
          .append(pick(List.of("", "\"", "(", "…", "-- ", "@", "🙂 "), dice))
          .append(name)
          .append(pick(List.of("", "'s", ",", "!", "?!", ")", ".", ":", "/", " 🙂", "\n"), dice))
          .append(pick(List.of(" en ", " ook ", " deed mee ", "\t", "  hielp "), dice));
    }
    return comment.append(" hard").toString();
  }

  // As people write names: whole, in part, in capitals, without accents, composed or not, in an
  // e-mail address.
  private static String written(String name, Random dice) {
    String part =
        switch (dice.nextInt(4)) {
          case 0 -> name.substring(0, name.indexOf(' '));
          case 1 -> name.substring(name.indexOf(' ') + 1);
          default -> name;
        };
    return switch (dice.nextInt(8)) {
      case 0 -> part.toUpperCase(Locale.ROOT);
      case 1 -> part.toLowerCase(Locale.ROOT);
      case 2 -> Normalizer.normalize(part, Normalizer.Form.NFD);
      case 3 -> Normalizer.normalize(part, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
      case 4 -> part.replace(' ', '.') + "@school1.test";
      case 5 -> part.replace(" ", dice.nextBoolean() ? "_" : "-");
      default -> part;
    };
  }

  // The parts of names that tell who it is; not those that half the country has.
  private static Set<String> telling(List<String> people) {
    Set<String> telling = new HashSet<>();
    for (String name : people) {
      for (String part : plain(name).split("[^\\p{L}\\p{N}]+", -1)) {
        if (part.length() > 2 && !Set.of("van", "der", "den", "ter").contains(part)) {
          telling.add(part);
        }
      }
    }
    return telling;
  }

  private static String plain(String text) {
    return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .replace("ø", "o")
        .replace("ł", "l")
        .replace("ß", "ss")
        .replace("ı", "i");
  }

  private static <T> T pick(List<T> from, Random dice) {
    return from.get(dice.nextInt(from.size()));
  }
}
