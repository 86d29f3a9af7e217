package dev.handoff.systems.promptgeneration.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.promptgeneration.PromptLibrary;
import dev.handoff.systems.promptgeneration.PromptLibrary.PromptVersion;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls about the prompts that a person saved under a name.
@RestController
@RequestMapping(PromptController.CALLS + "/saved-prompts")
record PromptLibraryController(PromptLibrary library, PromptRequests requests) {
  record LibraryView(List<LibraryEntryView> prompts) {}

  record LibraryEntryView(
      String id,
      String name,
      int version,
      int versions,
      @JsonProperty("updated_at") Instant updatedAt) {
    static LibraryEntryView of(PromptVersion newest) {
      return new LibraryEntryView(
          newest.id(),
          newest.content().name(),
          newest.version(),
          newest.count(),
          newest.createdAt());
    }
  }

  record LibraryPromptView(String id, String name, List<PromptVersionView> versions) {}

  record PromptVersionView(
      int version, String prompt, String notes, @JsonProperty("created_at") Instant createdAt) {
    static PromptVersionView of(PromptVersion one) {
      return new PromptVersionView(
          one.version(), one.content().prompt(), one.content().notes(), one.createdAt());
    }
  }

  @GetMapping
  ResponseEntity<LibraryView> all(Caller caller) {
    return Uncached.of(
        new LibraryView(library.of(caller).stream().map(LibraryEntryView::of).toList()));
  }

  @GetMapping("/{id}")
  ResponseEntity<LibraryPromptView> one(@PathVariable String id, Caller caller) {
    return Uncached.of(view(id, caller));
  }

  @PostMapping
  ResponseEntity<LibraryPromptView> save(Caller caller, JsonBody body) {
    PromptVersion saved = library.save(caller, requests.named(body));
    return ResponseEntity.status(HttpStatus.CREATED).body(view(saved.id(), caller));
  }

  @PostMapping("/{id}/versions")
  LibraryPromptView saveVersion(@PathVariable String id, Caller caller, JsonBody body) {
    if (library.saveVersion(caller, id, requests.named(body)).isEmpty()) {
      throw notFound();
    }
    return view(id, caller);
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable String id, Caller caller) {
    if (!library.delete(caller, id)) {
      throw notFound();
    }
    return ResponseEntity.noContent().build();
  }

  private LibraryPromptView view(String id, Caller caller) {
    List<PromptVersion> versions = library.versions(caller, id);
    if (versions.isEmpty()) {
      throw notFound();
    }
    return new LibraryPromptView(
        id,
        versions.getFirst().content().name(),
        versions.stream().map(PromptVersionView::of).toList());
  }

  private static RefusedException notFound() {
    return RefusedException.of(404, "Prompt not found");
  }
}
