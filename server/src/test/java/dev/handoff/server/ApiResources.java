package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.TaskType;
import dev.handoff.spring.api.ApiRoutes;
import dev.handoff.spring.api.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Creates the resources of an account that calls are about, by the first segment of a call's path.
/// A new kind of resource needs an entry here.
final class ApiResources {
  static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

  /// An id that nothing has.
  static final String NOBODYS = "01980f3e-7b1a-7c3d-8e4f-0123456789ab";

  private final TestServer server;
  private final Map<String, Maker> makers =
      Map.of(
          "tasks", this::task,
          "ops", ignored -> account(),
          "keys", made("/keys", json("{'name':'a thing','scopes':['read']}")),
          "webhooks", made("/webhooks", json("{'url':'https://receiver.invalid/hook'}")),
          "batches",
              made(
                  "/batches",
                  json("{'mode':'each','tasks':[{'type':'text','request':{'input':'x'}}]}")));

  ApiResources(TestServer server) {
    this.server = server;
  }

  private interface Maker {
    String make(Client owner);
  }

  /// Creates the resource that a call is about, and returns its id.
  String make(String path, Client owner) {
    Maker maker =
        path.endsWith("/result")
            ? this::doneTask
            : path.startsWith("/ops/tasks") ? this::task : makers.get(word(path));
    if (maker == null) {
      throw new AssertionError("say in ApiResources how to create what " + path + " is about");
    }
    return maker.make(owner);
  }

  /// Deletes it where the API can, so that no limit on resources is reached.
  void forget(String path, String id, Client owner) {
    boolean removable =
        server.bean(ApiRoutes.class).endpoints().stream()
            .anyMatch(call ->
                call.method().name().equals("DELETE")
                    && call.path().equals("/" + word(path) + "/{id}"));
    if (removable) {
      var _ = HttpExchange.of(owner, owner.request("/api/v1/" + word(path) + "/" + id).DELETE());
    }
  }

  /// The path with this id where it has its first variable, and something unknown for the others.
  static String path(Endpoint call, String id) {
    Matcher first = VARIABLE.matcher(call.path());
    String path = first.replaceFirst(Matcher.quoteReplacement(id));
    return "/api/v1" + VARIABLE.matcher(path).replaceAll(NOBODYS);
  }

  /// How many ids the path has.
  static long variables(Endpoint call) {
    return VARIABLE.matcher(call.path()).results().count();
  }

  private static String word(String path) {
    return path.substring(1).split("/", 2)[0];
  }

  private String task(Client owner) {
    HttpAnswer me = owner.get("/api/auth/me/");
    return taskOf(me.text("id"), tenant(me.text("username")));
  }

  private String doneTask(Client owner) {
    String task = TextTasks.submit(owner, TextTasks.body());
    TextTasks.await(owner, task, "completed");
    return task;
  }

  /// An open task of this owner; no tenant when that is empty. It begins after the tests are over.
  String taskOf(String owner, String tenant) {
    Submission submission =
        Submission.by(owner).startingAt(InstantSource.system().instant().plus(Duration.ofDays(1)));
    return server
        .bean(Handoff.class)
        .submit(
            TaskType.of("sat-buddy.question", String.class, String.class),
            "never read",
            tenant.isEmpty() ? submission : submission.inTenant(tenant))
        .toString();
  }

  private static String tenant(String username) {
    Matcher school = Pattern.compile("@school(\\d)\\.test").matcher(username);
    return school.find() ? "school-" + school.group(1) : "";
  }

  // Such calls are about accounts.
  private String account() {
    String name = "person-" + UUID.randomUUID();
    return server
        .as("admin@demo.test")
        .post("/api/v1/ops/accounts", json("{'username':'%s','role':'user'}", name))
        .text("id");
  }

  private static Maker made(String path, String json) {
    return owner -> {
      HttpAnswer answer = owner.post("/api/v1" + path, json);
      assertThat(answer.status()).as(path + " " + answer).isBetween(200, 299);
      return answer.text("id");
    };
  }
}
