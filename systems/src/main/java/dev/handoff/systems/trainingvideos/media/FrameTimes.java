package dev.handoff.systems.trainingvideos.media;

import java.util.Arrays;
import java.util.Locale;

/// When the frames of a film are shown, in seconds from the beginning of the file, so that a
/// picture can be the one that a player shows at a time: the last frame that is not later.
/// Immutable.
final class FrameTimes {
  // Some codecs store frames that are never shown by themselves; the shown one is a little earlier.
  private static final int HIDDEN = 3;
  private static final double AFTER_THE_LAST = 1;

  private final double[] times;

  private FrameTimes(double[] times) {
    this.times = times;
  }

  /// Reads what ffprobe says of the packets of a film, a line each: its time and its flags.
  ///
  /// @param begin the time at which the file begins
  /// @throws MediaException when there is none
  static FrameTimes parse(String packets, double begin) {
    double[] times =
        packets
            .lines()
            .map(line -> line.split(",", 3))
            .filter(packet -> packet.length > 1 && !packet[1].contains("D"))
            .map(packet -> packet[0])
            .filter(time -> time.matches("-?\\d{1,9}\\.\\d{1,9}"))
            .mapToDouble(time -> Double.parseDouble(time) - begin)
            .sorted()
            .distinct()
            .toArray();
    if (times.length == 0) {
      throw new MediaException("the film has no frames");
    }
    return new FrameTimes(times);
  }

  /// From where to where to decode: the last frame in there is the one shown.
  record Stretch(double from, double to) {
    String seek() {
      return String.format(Locale.ROOT, "%.6f", from);
    }

    // Counted from where decoding begins.
    String end() {
      return String.format(Locale.ROOT, "%.6f", to - from);
    }
  }

  /// The stretch whose last frame is shown at this second, before the first frame the first, after
  /// the last one the last.
  Stretch shownAt(double second) {
    int found = Arrays.binarySearch(times, second);
    int last = Math.max(0, found >= 0 ? found : -found - 2);
    int first = Math.max(0, last - HIDDEN);
    return new Stretch(first == 0 ? 0 : between(first - 1), between(last));
  }

  // Well away from both frames: each container rounds times in its own way.
  private double between(int frame) {
    return frame + 1 < times.length
        ? (times[frame] + times[frame + 1]) / 2
        : times[frame] + AFTER_THE_LAST;
  }
}
