package dev.handoff.systems.trainingvideos;

import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.trainingvideos.ModuleViews.NotShared;
import dev.handoff.systems.trainingvideos.ModuleViews.Shared;
import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Plays videos, whole or in ranges, and shows their pictures: to their trainer, and those of ready
/// modules to everybody who has their link.
@RestController
final class VideoController {
  static final String SHARE = "/api/share/";

  private static final String ENDING = ".mp4";

  private final ModuleTable modules;
  private final ModuleFiles files;
  private final CurrentAccount currentAccount;

  VideoController(ModuleTable modules, ModuleFiles files, CurrentAccount currentAccount) {
    this.modules = modules;
    this.files = files;
    this.currentAccount = currentAccount;
  }

  @GetMapping({"/uploads/{file}", "/api/video-url/url/{file}"})
  ResponseEntity<Resource> video(@PathVariable String file, HttpServletRequest request)
      throws IOException {
    String owner = owner(request);
    Optional<TrainingModule> module =
        file.endsWith(ENDING)
            ? modules.find(file.substring(0, file.length() - ENDING.length()), owner)
            : Optional.empty();
    return video(module);
  }

  @GetMapping("/api/modules/{id}/thumbnails/{number}")
  ResponseEntity<Resource> thumbnail(
      @PathVariable String id, @PathVariable String number, HttpServletRequest request) {
    return thumbnail(modules.find(id, owner(request)), number);
  }

  @GetMapping(SHARE + "{id}")
  ResponseEntity<?> shared(@PathVariable String id) {
    Optional<TrainingModule> module = ready(id);
    return module.isEmpty()
        ? ResponseEntity.status(404).body(NotShared.VIEW)
        : ResponseEntity.ok()
            .cacheControl(CacheControl.noStore())
            .body(Shared.of(module.get(), modules.steps(id), modules.material(id)));
  }

  @GetMapping(SHARE + "{id}/video")
  ResponseEntity<Resource> sharedVideo(@PathVariable String id) throws IOException {
    return video(ready(id));
  }

  @GetMapping(SHARE + "{id}/thumbnails/{number}")
  ResponseEntity<Resource> sharedThumbnail(@PathVariable String id, @PathVariable String number) {
    return thumbnail(ready(id), number);
  }

  private Optional<TrainingModule> ready(String id) {
    return modules.find(id).filter(TrainingModule::isReady);
  }

  private ResponseEntity<Resource> video(Optional<TrainingModule> module) throws IOException {
    VideoFile video =
        (module.isEmpty() ? Optional.<VideoFile>empty() : files.video(module.get().id()))
            .orElseThrow(() -> RefusedException.of(404, TrainingModules.NO_VIDEO));
    return file(video.path(), video.kind().contentType());
  }

  private ResponseEntity<Resource> thumbnail(Optional<TrainingModule> module, String number) {
    Path picture =
        module
            .flatMap(found ->
                found.thumbnails().stream()
                    .filter(one -> Integer.toString(one.number()).equals(number))
                    .map(one -> files.thumbnail(found.id(), one.number()))
                    .filter(Files::isRegularFile)
                    .findFirst())
            .orElseThrow(() -> RefusedException.of(404, "Thumbnail not found"));
    return file(picture, MediaType.IMAGE_JPEG_VALUE);
  }

  // A part of it where the request asks for one.
  private static ResponseEntity<Resource> file(Path path, String contentType) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(contentType))
        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate())
        .header("Content-Security-Policy", "default-src 'none'; media-src 'self'; sandbox")
        .body(new FileSystemResource(path));
  }

  private String owner(HttpServletRequest request) {
    return currentAccount.of(request).asCaller().owner();
  }
}
