package dev.handoff.systems.satbuddy.conversation;

import dev.handoff.EndListener;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskState;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.satbuddy.ChatResult;
import dev.handoff.systems.satbuddy.PracticeQuestion;
import dev.handoff.systems.satbuddy.QuestionResult;
import dev.handoff.systems.satbuddy.SatBuddyTypes;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes answers into their conversations, whether or not a page is open. The message has an id of
/// its task, under which a page writes it as well, so it is there once. Safe for use by many
/// threads.
public record ConversationAnswers(Conversations conversations, SatBuddyTypes types)
    implements EndListener {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LETTERS = "ABCD";

  @Override
  public boolean wants(String type, Submission submission) {
    return type.startsWith(SatBuddyTypes.PREFIX) && submission.subject() != null;
  }

  @Override
  public void onEnd(Task task) {
    String subject = task.submission().subject();
    if (subject != null && wants(task.type(), task.submission())) {
      Caller owner = new Caller(task.submission().owner(), null);
      ConversationKey.of(owner, subject).ifPresent(key -> settle(key, task));
    }
  }

  // What became of another request is told by the page that finds it open.
  private void settle(ConversationKey key, Task task) {
    if (task.state() instanceof TaskState.Completed) {
      String id = "t-" + task.id();
      ObjectNode message = answer(task).put("id", id);
      String words = message.path("text").asString("").toLowerCase(Locale.ROOT).replace("\0", "");
      conversations.settle(
          key, task.id().toString(), new StoredMessage(id, message.toString(), words));
    }
  }

  private ObjectNode answer(Task task) {
    if (task.type().equals(types.chat().name())) {
      ChatResult result = read(task, ChatResult.class);
      return ofKind("answer").put("text", result.response()).put("byAi", result.generatedByAi());
    }
    QuestionResult result = read(task, QuestionResult.class);
    ObjectNode message = ofKind("question").put("byAi", result.generatedByAi());
    message.putNull("chosen").put("skipped", false);
    message.set("question", question(result.question()));
    return message;
  }

  private static <R> R read(Task task, Class<R> type) {
    return JSON.readValue(task.result().orElseThrow().text(), type);
  }

  // The page names the options A to D, in their order.
  private static ObjectNode question(PracticeQuestion written) {
    ObjectNode question = JSON.createObjectNode();
    question.put("question", written.question()).put("explanation", written.explanation());
    ObjectNode options = question.putObject("options");
    Iterator<Map.Entry<String, String>> entries = written.options().entrySet().iterator();
    for (String letter : List.of(LETTERS.split(""))) {
      Map.Entry<String, String> option = entries.next();
      options.put(letter, option.getValue());
      if (option.getKey().equals(written.correctAnswer())) {
        question.put("correctAnswer", letter);
      }
    }
    return question;
  }

  private static ObjectNode ofKind(String kind) {
    return JSON.createObjectNode().put("kind", kind);
  }
}
