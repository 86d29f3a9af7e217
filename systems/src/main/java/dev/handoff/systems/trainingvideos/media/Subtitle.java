package dev.handoff.systems.trainingvideos.media;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of subtitles and when it is shown, in seconds.
public record Subtitle(String text, double start, double end) {
  private static final Pattern TIMES =
      Pattern.compile(
          "(\\d{2,4}):(\\d{2}):(\\d{2})[,.](\\d{3}) --> (\\d{2,4}):(\\d{2}):(\\d{2})[,.](\\d{3}).*");
  private static final Pattern TAGS = Pattern.compile("<[^>]{0,100}>|\\{\\\\[^}]{0,100}\\}");
  // What drones and cameras write beside each frame: "[latitude: 51.4779]", "GPS (8.5, 47.3, 20)",
  // "+51.4779-000.0015/".
  private static final Pattern POSITION =
      Pattern.compile(
          "\\b(gps|latitude|long(i|ti)tude|lat|lon|long|geo|rel_alt|abs_alt)\\s*[:=(\\[]\\s*[-+]?\\d"
              + "|[-+]\\d{1,2}\\.\\d{2,}\\s?[-+]\\d{1,3}\\.\\d{2,}",
          Pattern.CASE_INSENSITIVE);
  private static final int MOST = 5_000;

  /// The lines of a SubRip file, as FFmpeg writes it, without those that tell a position.
  public static List<Subtitle> parse(String subRip) {
    List<Subtitle> lines = new ArrayList<>();
    for (String block : subRip.split("\\R\\R+", MOST + 1)) {
      Matcher times = TIMES.matcher(block);
      if (times.find() && lines.size() < MOST) {
        String text =
            TAGS.matcher(block.substring(times.end())).replaceAll("").replaceAll("\\s+", " ");
        double start = seconds(times, 1);
        double end = seconds(times, 5);
        if (!text.isBlank() && end >= start && !POSITION.matcher(text).find()) {
          lines.add(new Subtitle(text.strip(), start, end));
        }
      }
    }
    return lines;
  }

  private static double seconds(Matcher times, int group) {
    return Integer.parseInt(times.group(group)) * 3600
        + Integer.parseInt(times.group(group + 1)) * 60
        + Integer.parseInt(times.group(group + 2))
        + Integer.parseInt(times.group(group + 3)) / 1000.0;
  }
}
