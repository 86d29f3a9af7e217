package com.example.summaries

import dev.handoff.HandledType
import dev.handoff.TaskType
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration

data class Notes(val meeting: String, val text: String, val language: String? = null)

data class Summary(val title: String, val lines: List<String>)

@Configuration(proxyBeanMethods = false)
class Summaries {
  @Bean
  fun summaryHandler(): HandledType<Notes, Summary> =
    SUMMARY.answeredBy { notes, task ->
      task.step("summarise", Summary::class.java) { summarise(notes) }
    }

  companion object {
    val SUMMARY: TaskType<Notes, Summary> =
      TaskType.of("summary", Notes::class.java, Summary::class.java)

    private fun summarise(notes: Notes) =
      Summary("${notes.meeting} (${notes.language ?: "en"})", notes.text.lines().take(2))
  }
}
