package dev.handoff.spring.api;

import dev.handoff.Gates;
import dev.handoff.Task;
import dev.handoff.spring.wire.PlaceView;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/// Entity tags of tasks: number and time of the task's last event, because every change is an
/// event. The time tells numbers apart that a restored older copy of the data gives a second time.
final class Etags {
  private Etags() {}

  static String of(Task task) {
    long at = task.timeline().updatedAt().toEpochMilli();
    return "\"" + task.activity().lastEvent() + at + "\"";
  }

  /// Of a task that no node runs, which is not an event.
  static String ofWaiting(Task task) {
    return of(task).replaceFirst("\"$", "-\"");
  }

  /// Of a task that a gate holds up, which is not an event.
  static String ofHeld(Task task, Gates.Hold hold) {
    String until = hold.until() == null ? "" : Long.toString(hold.until().toEpochMilli());
    int gate = hold.gate().hashCode();
    return of(task).replaceFirst("\"$", "-" + Integer.toHexString(gate) + "-" + until + "\"");
  }

  /// Of a task at this place in its line, which is not an event. Estimates alone make no other
  /// version: they change all the time.
  static String at(PlaceView place, String etag) {
    return place.position() == null
        ? etag
        : etag.replaceFirst("\"$", "-" + place.position() + "-" + place.of() + "\"");
  }

  /// Whether the request already has this version (`If-None-Match`).
  static boolean isKnown(ServerRequest request, String etag) {
    List<String> known = request.headers().header(HttpHeaders.IF_NONE_MATCH);
    return String.join(",", known).transform(all -> List.of(all.split(",", 100))).stream()
        .map(String::strip)
        .map(one -> one.startsWith("W/") ? one.substring(2) : one)
        .anyMatch(one -> one.equals(etag) || one.equals("*"));
  }
}
