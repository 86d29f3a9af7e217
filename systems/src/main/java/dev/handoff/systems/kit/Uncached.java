package dev.handoff.systems.kit;

import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/// Answers that no browser and no proxy may keep.
public final class Uncached {
  private Uncached() {}

  public static <T> ResponseEntity<T> of(T body) {
    return of(200, body);
  }

  public static <T> ResponseEntity<T> of(int status, T body) {
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).body(body);
  }

  /// The body, or 404 with these words.
  public static <T> ResponseEntity<T> orNotFound(Optional<T> body, String words) {
    return of(body.orElseThrow(() -> RefusedException.of(404, words)));
  }
}
