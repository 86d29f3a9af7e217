package dev.handoff.systems.zoneinsights;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The questions that come with the server: complete, and right wherever that can be computed.
final class QuestionBankTest {
  private static final QuestionBank BANK = QuestionBank.shipped();
  private static final Pattern NUMBER =
      Pattern.compile("([−-]?\\d+(?:\\.\\d+)?)(?:/(\\d+))?(?: · 10(⁸))?");

  /// Each answer once more, by the formula that its question is about.
  private static final Map<Long, Double> COMPUTED =
      Map.ofEntries(
          entry(101L, 0.5 * 2 * 5 * 5),
          entry(102L, 0.5 * 10 * 3 * 3),
          entry(103L, 20.0 * 20 / (2 * 100)),
          entry(104L, 2 * 15 / 10.0),
          entry(201L, 12 / 4.0),
          entry(203L, 60.0 * (10 + 2)),
          entry(204L, (30 - 0.4 * 5 * 10) / 5),
          entry(301L, 0.5 * 2 * 6 * 6),
          entry(302L, Math.pow(2, 2)),
          entry(303L, 300.0 * 10 * 10 / 60),
          entry(304L, Math.sqrt(2 * 10 * 5)),
          entry(401L, 1 / (1 / 6.0 + 1 / 3.0)),
          entry(402L, 12 * 0.5),
          entry(403L, 1.5 / (2.5 + 0.5)),
          entry(404L, 2 / 0.5),
          entry(501L, 3e8 / 1.5),
          entry(502L, 1 / (1 / 20.0 - 1 / 30.0)),
          entry(503L, 1 / 0.25),
          entry(601L, 36 / 18.0),
          entry(602L, 0.25 * 22.4),
          entry(603L, 4 / 40.0 / 0.5),
          entry(604L, 2 - 2 / 2.0),
          entry(801L, -Math.log10(0.01)),
          entry(802L, 14 + Math.log10(1e-4)),
          entry(803L, -Math.log10(1e-3 / 10)),
          entry(1003L, 6.0 / 1),
          entry(1201L, 3 / 4.0),
          entry(1202L, Math.pow(2, 3)),
          entry(1203L, 1 / 4.0 * (1 / 4.0)),
          entry(1302L, 72 * 70 / 1000.0),
          entry(1503L, 10 * 9 + 25.0 * 4),
          entry(1601L, 2.0 + 5),
          entry(1602L, (1 + Math.sqrt(1 + 4 * 12)) / 2),
          entry(1603L, 6 * 6 / 4.0),
          entry(1604L, 2.0 * 2 - 4 * 2 + 7),
          entry(1701L, Math.sin(Math.PI / 6) + Math.cos(Math.PI / 3)),
          entry(1702L, Math.sin(Math.atan(3 / 4.0))),
          entry(1703L, Math.toDegrees(Math.PI / 5)),
          entry(1704L, 20 * Math.tan(Math.PI / 4)),
          entry(1801L, 3.0 * 2 * 2),
          entry(1802L, 6 / 2.0),
          entry(1803L, -1 / (2.0 * 2)),
          entry(1804L, 2.0 * 5 * 3),
          entry(1901L, sumsOfSeven() / 36.0),
          entry(1902L, 6 * 5 / 2.0),
          entry(1903L, 3 / 5.0 * (2 / 4.0)),
          entry(1904L, 1 - Math.pow(0.5, 3)));

  private static long sumsOfSeven() {
    long sevens = 0;
    for (int one = 1; one <= 6; one++) {
      for (int other = 1; other <= 6; other++) {
        sevens += one + other == 7 ? 1 : 0;
      }
    }
    return sevens;
  }

  @Test
  void hasEnoughOfEverySubject() {
    assertThat(BANK.questions()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(BANK.topics().stream().map(Topic::subject).distinct())
        .containsExactly("Physics", "Chemistry", "Botany", "Zoology", "Mathematics");
    for (String subject : List.of("Physics", "Chemistry", "Botany", "Zoology", "Mathematics")) {
      List<Question> own =
          BANK.questions().stream().filter(q -> q.topic().subject().equals(subject)).toList();
      assertThat(own).as(subject).hasSizeGreaterThanOrEqualTo(10);
      assertThat(own).as(subject).anyMatch(q -> q.kind() == Question.Kind.NVT);
      assertThat(own).as(subject).allMatch(q -> q.topic().counted().isPresent());
    }
  }

  @Test
  void everyQuestionIsComplete() {
    Set<Long> ids = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (Question question : BANK.questions()) {
      assertThat(ids.add(question.id())).as("id %s", question.id()).isTrue();
      assertThat(texts.add(question.text())).as(question.text()).isTrue();
      assertThat(question.solution().explanation()).as(question.text()).hasSizeGreaterThan(15);
      assertThat(question.solution().difficulty()).isIn("easy", "medium", "hard");
      if (question.kind() == Question.Kind.MCQ) {
        assertThat(question.options()).as(question.text()).hasSize(4).doesNotHaveDuplicates();
        assertThat(Question.LETTERS).contains(question.solution().answer());
        assertThat(question.solution().misconceptions())
            .as("a right answer is no misconception: %s", question.text())
            .doesNotContainKey(question.solution().answer());
      } else {
        assertThat(question.options()).isEmpty();
      }
    }
    assertThat(
            BANK.questions().stream().filter(q -> !q.solution().misconceptions().isEmpty()).count())
        .isGreaterThan(40);
  }

  @Test
  void everyAnswerThatCanBeComputedIsRight() {
    Map<Long, Question> byId = new java.util.HashMap<>();
    BANK.questions().forEach(question -> byId.put(question.id(), question));
    COMPUTED.forEach((id, value) -> {
      Question question = java.util.Objects.requireNonNull(byId.get(id), "question " + id);
      String right = question.solution().answer();
      if (question.kind() == Question.Kind.NVT) {
        assertThat(number(right)).as(question.text()).isEqualTo(value, within(1e-9));
      } else {
        assertThat(number(question.option(right).orElseThrow()))
            .as(question.text())
            .isEqualTo(value, within(Math.abs(value) * 1e-9 + 1e-9));
      }
    });
  }

  @Test
  void everyNumericAnswerIsComputedHere() {
    for (Question question : BANK.questions()) {
      if (question.kind() == Question.Kind.NVT && question.id() != 903) {
        assertThat(COMPUTED).as(question.text()).containsKey(question.id());
      }
    }
  }

  private static double number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    assertThat(matcher.lookingAt()).as("no number in " + text).isTrue();
    double value = Double.parseDouble(matcher.group(1).replace('−', '-'));
    if (matcher.group(2) != null) {
      value /= Double.parseDouble(matcher.group(2));
    }
    return matcher.group(3) == null ? value : value * 1e8;
  }
}
