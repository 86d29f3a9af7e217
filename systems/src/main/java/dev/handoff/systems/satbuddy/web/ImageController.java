package dev.handoff.systems.satbuddy.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.satbuddy.ImageStore;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Takes images and shows them to whoever uploaded them.
@RestController
record ImageController(ImageStore images) {
  static final String UPLOAD = "/ai/upload-image";
  static final String PATH = "/media/sat-buddy/";

  @PostMapping(UPLOAD)
  SatBuddyViews.Uploaded upload(
      Caller caller, @RequestPart(name = "image", required = false) @Nullable MultipartFile image)
      throws IOException {
    if (image == null || image.isEmpty()) {
      throw RefusedException.badRequest("No image provided");
    }
    return SatBuddyViews.Uploaded.of(images.add(image.getBytes(), caller.owner()));
  }

  @GetMapping(PATH + "{name}")
  ResponseEntity<byte[]> show(@PathVariable String name, Caller caller) {
    ImageStore.Content found =
        images
            .find(name, caller.owner())
            .orElseThrow(() -> RefusedException.of(404, "Image not found"));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(found.image().contentType()))
        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
        .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + name + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .body(found.picture().bytes());
  }
}
