package dev.handoff.systems.kit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/// What the server has to know of a system, declared once as a bean of its configuration. From it
/// follow which calls need a login, which paths may end in a slash, the limits of bodies, the
/// addresses of the pages, and the form of every refusal.
///
/// @param name for the log
/// @param calls what the paths of its calls begin with, without a slash at the end
/// @param pages the addresses of its pages; one with a slash at its end is known by that
/// @param open the calls and pages that need no login, as exact paths or with `/**` at the end
/// @param rest what the paths begin with below which it answers for what is nobody's
/// @param uploads paths of uploads with a limit of their own; all others have the API's limits
/// @param refusals how it words refusals
public record SystemDescription(
    String name,
    List<String> calls,
    List<String> pages,
    List<String> open,
    List<String> rest,
    Map<String, DataSize> uploads,
    RefusalForm refusals) {
  public SystemDescription {
    calls = List.copyOf(calls);
    pages = List.copyOf(pages);
    open = List.copyOf(open);
    rest = List.copyOf(rest);
    uploads = Map.copyOf(uploads);
  }

  /// A system with these calls, no pages, nothing open and the usual form of refusals.
  public static SystemDescription of(String name, String... calls) {
    return new SystemDescription(
        name, List.of(calls), List.of(), List.of(), List.of(), Map.of(), RefusalForm.USUAL);
  }

  public SystemDescription withPages(String... pages) {
    return new SystemDescription(name, calls, List.of(pages), open, rest, uploads, refusals);
  }

  public SystemDescription withOpen(String... open) {
    return new SystemDescription(name, calls, pages, List.of(open), rest, uploads, refusals);
  }

  /// One more upload with a limit of its own.
  public SystemDescription withUpload(String path, DataSize limit) {
    Map<String, DataSize> all = new HashMap<>(uploads);
    all.put(path, limit);
    return new SystemDescription(name, calls, pages, open, rest, all, refusals);
  }

  /// It also answers for paths below these that are no call of any system.
  public SystemDescription withRest(String... rest) {
    return new SystemDescription(name, calls, pages, open, List.of(rest), uploads, refusals);
  }

  public SystemDescription refusing(RefusalForm form) {
    return new SystemDescription(name, calls, pages, open, rest, uploads, form);
  }

  /// Whether this is the path of one of its calls, or would be.
  boolean covers(String path) {
    return calls.stream().anyMatch(call -> isUnder(call, path));
  }

  boolean answersFor(String path) {
    return rest.stream().anyMatch(prefix -> isUnder(prefix, path));
  }

  static boolean isUnder(String prefix, String path) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }
}
