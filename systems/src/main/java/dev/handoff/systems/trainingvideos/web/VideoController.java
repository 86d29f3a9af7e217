package dev.handoff.systems.trainingvideos.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.trainingvideos.MaterialViews.Caption;
import dev.handoff.systems.trainingvideos.MaterialViews.Material;
import dev.handoff.systems.trainingvideos.ModuleFiles;
import dev.handoff.systems.trainingvideos.ModuleShares;
import dev.handoff.systems.trainingvideos.ModuleShares.OpenedShare;
import dev.handoff.systems.trainingvideos.ModuleTable;
import dev.handoff.systems.trainingvideos.TrainingModule;
import dev.handoff.systems.trainingvideos.TrainingModules;
import dev.handoff.systems.trainingvideos.TrainingRefusals;
import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Plays videos, whole or in ranges, and shows their pictures: to their trainer, and those of
/// modules that are shared to everybody who has a link.
@RestController
record VideoController(
    ModuleTable modules, ModuleFiles files, ModuleShares shares, AuditLog audit) {
  static final String SHARE = "/api/share/";

  private static final String ENDING = ".mp4";
  private static final String NOT_CLEAN =
      "This video cannot be shown to others: where and with what it was taken could not be removed"
          + " from it.";

  @GetMapping({"/uploads/{file}", "/api/video-url/url/{file}"})
  ResponseEntity<Resource> video(@PathVariable String file, Caller caller) throws IOException {
    Optional<TrainingModule> module =
        file.endsWith(ENDING)
            ? modules.find(file.substring(0, file.length() - ENDING.length()), caller.owner())
            : Optional.empty();
    return video(module);
  }

  @GetMapping("/api/modules/{id}/thumbnails/{number}")
  ResponseEntity<Resource> thumbnail(
      @PathVariable String id, @PathVariable String number, Caller caller) {
    return thumbnail(modules.find(id, caller.owner()), number);
  }

  @GetMapping(SHARE + "{id}")
  ResponseEntity<Shared> shared(@PathVariable String id) {
    OpenedShare share =
        shares
            .open(id)
            .orElseThrow(() ->
                TrainingRefusals.noModule()
                    .with(
                        "message",
                        "This training module could not be found or is no longer available."));
    audit.noteAfterwards(AuditEvent.of(AuditKind.SHARE_VIEWED).target(share.module().id()));
    String module = share.module().id();
    return Uncached.of(Shared.of(share, id, modules.steps(module), modules.material(module)));
  }

  @GetMapping(SHARE + "{id}/video")
  ResponseEntity<Resource> sharedVideo(@PathVariable String id) throws IOException {
    Optional<TrainingModule> module = shareable(id);
    if (module.isPresent() && !files.isClean(module.get().id())) {
      throw RefusedException.of(404, NOT_CLEAN);
    }
    return video(module);
  }

  @GetMapping(SHARE + "{id}/thumbnails/{number}")
  ResponseEntity<Resource> sharedThumbnail(@PathVariable String id, @PathVariable String number) {
    return thumbnail(shareable(id), number);
  }

  @GetMapping("/api/modules/{id}/captions.vtt")
  ResponseEntity<String> captions(@PathVariable String id, Caller caller) {
    return captions(modules.find(id, caller.owner()));
  }

  @GetMapping(SHARE + "{id}/captions.vtt")
  ResponseEntity<String> sharedCaptions(@PathVariable String id) {
    OpenedShare share = shares.open(id).orElseThrow(TrainingRefusals::noModule);
    return share.transcript() ? captions(Optional.of(share.module())) : vtt(List.of());
  }

  private ResponseEntity<String> captions(Optional<TrainingModule> module) {
    List<Caption> captions =
        modules
            .material(module.orElseThrow(TrainingRefusals::noModule).id())
            .map(Material::captions)
            .orElse(List.of());
    return vtt(captions);
  }

  private static ResponseEntity<String> vtt(List<Caption> captions) {
    return ResponseEntity.ok()
        .contentType(WebVtt.CONTENT_TYPE)
        .cacheControl(CacheControl.noStore())
        .body(WebVtt.of(captions));
  }

  private Optional<TrainingModule> shareable(String id) {
    return shares.open(id).map(OpenedShare::module);
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
}
