package com.example.answers;

import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.TaskContext;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.spring.HandledBy;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class AnswerService {
  static final TaskType<String, String> ANSWER = TaskType.of("answer", String.class, String.class);

  private final Handoff handoff;

  AnswerService(Handoff handoff) {
    this.handoff = handoff;
  }

  @PostMapping("/answers")
  String ask(@RequestBody String question) { // returns in milliseconds
    return handoff.submit(ANSWER, question, Submission.by("asha")).toString();
  }

  @GetMapping("/answers/{id}")
  String read(@PathVariable String id) throws InterruptedException {
    TaskId task =
        TaskId.parse(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return handoff.result(ANSWER, task, Duration.ofSeconds(30)).orElse("not yet");
  }

  @HandledBy("answer")
  String answer(String question, TaskContext task) throws Exception { // runs on a worker
    task.progress(10, "Thinking…");
    return task.step("ask the model", String.class, () -> "The answer to " + question + " is 42.");
  }
}
