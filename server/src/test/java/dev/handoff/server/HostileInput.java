package dev.handoff.server;

import static dev.handoff.server.JsonText.json;

import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What no call should be sent, made from what its documentation says that it takes.
final class HostileInput {
  /// Bodies that are no JSON object, whatever the call.
  static final List<byte[]> NO_OBJECTS =
      List.of(
          text(""),
          text(" "),
          text("{"),
          text("not json"),
          text("null"),
          text("[]"),
          text("7"),
          text("\"text\""),
          text("{} {}"),
          text(json("{'a':1,}")),
          text("{'a':1}"),
          text(json("{'a':NaN}")),
          text("{\"\\ud800"),
          text("\0"),
          text("\uFEFF\u0001"),
          text("[".repeat(10_000) + "]".repeat(10_000)),
          text("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)),
          new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0},
          new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'});

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e999999999",
          "99999999999999999999999999",
          "0.1",
          "\"\"",
          "\"\\u0000\"",
          "\"a\\u0001\\u001b[31m\"",
          "\"\\ud800\"",
          "\"" + "x".repeat(300_000) + "\"",
          "\"'; drop table task; --\"",
          "[]",
          "{}",
          "[null]",
          "[[[]]]",
          "[{}]",
          json("[1,'a',{}]"),
          json("{'\\u0000':{}}"),
          "[".repeat(10_000) + "]".repeat(10_000));

  private static final Set<String> TEXTS =
      new LinkedHashSet<>(
          List.of(
              "",
              "x",
              "-1",
              "0",
              "1.5",
              "99999999999999999999",
              "NaN",
              "%00",
              "%ff%fe",
              "%zz",
              "%",
              "%0d%0aX-Injected:%20yes",
              "%F0%9F%98%80",
              "';--",
              "../../etc/passwd",
              "AAAA",
              "eyJhIjoxfQ",
              "x".repeat(3000)));

  private static final List<String> HEADER_TEXTS =
      List.of(
          "",
          "x",
          "-1",
          "99999999999999999999",
          "\"",
          "\"unterminated",
          "\"a\\",
          "W/\"",
          "*",
          "\u00e9\u00ff",
          "a\tb",
          "a\u0001b",
          "a\0b",
          ",,,;;;===",
          "wait",
          "wait=",
          "wait=-1",
          "wait=0",
          "wait=99999999999999",
          "wait=1;wait=2, wait=x",
          "\"a\", ".repeat(200),
          "x".repeat(6000));

  private HostileInput() {}

  /// Objects whose fields are of the wrong kind, one at a time.
  static List<byte[]> objects(Endpoint call) {
    List<byte[]> bodies = new ArrayList<>();
    for (String field : fields(call)) {
      VALUES.forEach(value -> bodies.add(text(json("{'%s':%s}", field, value))));
      bodies.add(text(json("{'%s':'a','%s':'b'}", field, field)));
    }
    bodies.add(text("{\"" + "x".repeat(200_000) + "\":1}"));
    bodies.add(text(json("{'__proto__':{},'constructor':1,'@class':'java.io.File'}")));
    return bodies;
  }

  private static List<String> fields(Endpoint call) {
    Class<?> body = call.about().body();
    List<String> fields = new ArrayList<>();
    if (body != null && body.isRecord()) {
      for (RecordComponent component : body.getRecordComponents()) {
        fields.add(component.getName());
      }
    }
    return fields;
  }

  /// Queries, as they go into the address.
  static List<String> queries(Endpoint call) {
    Set<String> names =
        new LinkedHashSet<>(List.of("cursor", "limit", "after", "state", "wait", "unknown"));
    names.addAll(parameters(call, EndpointDoc.In.QUERY));
    List<String> queries =
        new ArrayList<>(List.of("&", "=", "?", "%", "a&b&&c=", "[]=1", "a[0]=x"));
    for (String name : names) {
      TEXTS.forEach(text -> queries.add(name + "=" + text));
      queries.add(name);
      queries.add(name + "=1&" + name + "=2");
    }
    return queries;
  }

  static List<String> headers(Endpoint call) {
    Set<String> names =
        new LinkedHashSet<>(
            List.of(
                "Last-Event-ID",
                "Idempotency-Key",
                "Prefer",
                "If-None-Match",
                "Accept",
                "Accept-Language",
                "Accept-Encoding",
                "Content-Encoding",
                "Origin",
                "Cookie",
                "X-Forwarded-For",
                "Range",
                "Expect",
                "Upgrade",
                "X-HTTP-Method-Override"));
    names.addAll(parameters(call, EndpointDoc.In.HEADER));
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      HEADER_TEXTS.forEach(text -> lines.add(name + ": " + text + "\r\n"));
      lines.add(name + ": a\r\n" + name + ": b\r\n");
    }
    for (String accept :
        List.of("text/csv", "garbage", "*/*;q=x", "application/json;;;", "text/event-stream;q=0")) {
      lines.add("Accept: " + accept + "\r\n");
    }
    lines.add("Content-Type: application/json\r\nContent-Type: text/plain\r\n");
    lines.add("no colon\r\n");
    lines.add(": no name\r\n");
    return lines;
  }

  /// Ids, as they go into the address.
  static List<String> ids() {
    List<String> ids = new ArrayList<>(TEXTS);
    ids.remove("");
    ids.addAll(
        List.of(
            "..%2f..%2f",
            "%2e%2e",
            ";a=b",
            "null",
            "%20",
            "%e2%80%ae",
            "01980f3e-7b1a-7c3d-8e4f-0123456789ab%00",
            "01980F3E-7B1A-7C3D-8E4F-0123456789AB",
            "x".repeat(4000),
            "x".repeat(20_000)));
    return ids;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> parameters(Endpoint call, EndpointDoc.In in) {
    return call.about().parameters().stream()
        .filter(parameter -> parameter.in() == in)
        .map(EndpointDoc.ParameterDoc::name)
        .toList();
  }
}
