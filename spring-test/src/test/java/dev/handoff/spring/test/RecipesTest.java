package dev.handoff.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Handoff;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HandoffTest({Recipes.class, Recipes.Producer.class})
final class RecipesTest {
  @Autowired private TaskTester tester;
  @Autowired private Handoff handoff;
  @Autowired private Recipes.SchoolDoor school;
  @Autowired private Recipes.Bell bell;
  @Autowired private Recipes.Diary diary;
  @Autowired private TaskType<String, String> reports;

  @Test
  void anAnswerHasAnOwnerATenantAndListeners() {
    TaskId id = school.ask("school-1", "asha", "volcanoes");

    assertThat(handoff.result(Recipes.ANSWER, tester.runToEnd(id))).contains("about volcanoes");
    handoff.runDue();
    assertThat(bell.heard()).contains("answered asha");
    assertThat(diary.ended()).contains(id);
    assertThat(tester.task(id).submission().tenantName()).contains("school-1");
  }

  @Test
  void aTranslationIsPaidOnce() {
    school.pay("tester", "order-17");
    school.pay("tester", "order-17");

    assertThat(tester.run(Recipes.TRANSLATE, "hello")).isEqualTo("about hello");
    assertThat(handoff.budgets().balance("tester").orElseThrow().available())
        .isEqualTo(10_000 - "about hello".length());
  }

  @Test
  void theWeatherIsAskedOnce() {
    assertThat(tester.run(Recipes.WEATHER, "Utrecht")).isEqualTo(10.5);

    TaskId again = tester.submit(Recipes.WEATHER, "Utrecht");
    assertThat(tester.task(again).isTerminal()).isTrue();
  }

  @Test
  void aPriceIsReadWithItsMixIn() {
    assertThat(tester.run(Recipes.OFFER, new Recipes.Amount(250))).isEqualTo("250 cents");
  }

  @Test
  void aNodeWithoutAHandlerSubmits() {
    TaskId id = tester.submit(reports, "today");
    handoff.runDue();

    assertThat(tester.task(id).isTerminal()).isFalse();
  }
}
