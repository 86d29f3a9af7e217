package dev.handoff.systems.zoneinsights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The questions that come with the server, read from its files.
record QuestionBank(List<Topic> topics, List<Question> questions) {
  private static final List<String> FILES =
      List.of("physics", "chemistry", "botany", "zoology", "mathematics");

  QuestionBank {
    topics = List.copyOf(topics);
    questions = List.copyOf(questions);
  }

  static QuestionBank shipped() {
    List<Topic> topics = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    for (String file : FILES) {
      JsonNode book = read("bank/" + file + ".json");
      for (JsonNode topic : book.path("topics")) {
        Topic read =
            new Topic(
                topic.path("id").asLong(),
                topic.path("name").stringValue(),
                book.path("subject").stringValue(),
                book.path("icon").stringValue(),
                topic.path("chapter").stringValue());
        topics.add(read);
        topic.path("questions").forEach(question -> questions.add(question(question, read)));
      }
    }
    return new QuestionBank(topics, questions);
  }

  private static Question question(JsonNode json, Topic topic) {
    List<String> options = new ArrayList<>();
    json.path("options").forEach(option -> options.add(option.stringValue()));
    Map<String, String> misconceptions = new HashMap<>();
    json.path("misconceptions")
        .properties()
        .forEach(entry -> misconceptions.put(entry.getKey(), entry.getValue().stringValue()));
    return new Question(
        json.path("id").asLong(),
        topic,
        json.path("question").stringValue(),
        Question.Kind.of(json.path("type").asString("")),
        options,
        new Question.Solution(
            json.path("answer").stringValue(),
            json.path("explanation").stringValue(),
            misconceptions,
            json.path("difficulty").stringValue()));
  }

  private static JsonNode read(String file) {
    try (InputStream in = QuestionBank.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the file " + file + " is missing in the jar");
      }
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
