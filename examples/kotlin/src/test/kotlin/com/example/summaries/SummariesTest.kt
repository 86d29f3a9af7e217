package com.example.summaries

import dev.handoff.spring.test.HandoffTest
import dev.handoff.spring.test.TaskTester
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired

/** Data classes as requests and results, and a lambda as the handler, in an application in Kotlin. */
@HandoffTest(Summaries::class)
class SummariesTest {
  @Autowired private lateinit var tester: TaskTester

  @Test
  fun `a data class is the request and the result`() {
    val summary = tester.run(Summaries.SUMMARY, Notes("Monday", "ship\ntest\ncake"))

    assertThat(summary).isEqualTo(Summary("Monday (en)", listOf("ship", "test")))
  }
}
