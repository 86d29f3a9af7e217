package dev.handoff.systems.trainingvideos.web;

import dev.handoff.systems.trainingvideos.MaterialViews.Caption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;

/// Writes captions in the form that the `track` element of a video reads.
final class WebVtt {
  static final MediaType CONTENT_TYPE = new MediaType("text", "vtt", StandardCharsets.UTF_8);

  private WebVtt() {}

  static String of(List<Caption> captions) {
    return captions.stream().map(WebVtt::cue).collect(Collectors.joining("", "WEBVTT\n", ""));
  }

  // An empty line would end the cue, and an arrow begin another.
  private static String cue(Caption caption) {
    String text =
        caption
            .text()
            .replaceAll("\\s+", " ")
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;");
    return "\n%s --> %s\n%s\n".formatted(time(caption.start()), time(caption.end()), text);
  }

  private static String time(double seconds) {
    long millis = Math.round(seconds * 1000);
    return "%02d:%02d:%02d.%03d"
        .formatted(millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000);
  }
}
