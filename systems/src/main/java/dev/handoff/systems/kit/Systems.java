package dev.handoff.systems.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The systems of this server, and what kind of request a path is. A path that nobody declared as
/// open needs a login. Immutable.
public final class Systems {
  /// What belongs to no system and is for everybody: the start page, files, the API's description
  /// and health.
  private static final List<String> OPEN =
      List.of(
          "/",
          "/index.html",
          "/assets/**",
          "/favicon.ico",
          "/favicon.svg",
          "/robots.txt",
          "/error",
          "/actuator/health/**",
          "/docs/**");

  private static final String ALL_BELOW = "/**";

  private final List<SystemDescription> all;
  private final String apiPath;
  private final List<String> pages;
  private final List<String> open;
  private final List<SystemDescription> insideApi;

  /// These systems, beside the API at this path.
  public Systems(Collection<SystemDescription> all, String apiPath) {
    this.all = List.copyOf(all);
    this.apiPath = apiPath;
    this.pages = each(SystemDescription::pages).toList();
    List<String> open = new ArrayList<>(OPEN);
    open.add(apiPath + "/openapi.json");
    each(SystemDescription::open).forEach(open::add);
    this.open = List.copyOf(open);
    this.insideApi =
        this.all.stream()
            .filter(one ->
                one.calls().stream().anyMatch(call -> SystemDescription.isUnder(apiPath, call)))
            .toList();
  }

  private Stream<String> each(Function<SystemDescription, List<String>> paths) {
    return all.stream().map(paths).flatMap(List::stream);
  }

  public List<SystemDescription> all() {
    return all;
  }

  /// Where the API's calls are, such as `/api/v1`.
  public String apiPath() {
    return apiPath;
  }

  /// The system whose call this is.
  public Optional<SystemDescription> of(String path) {
    return all.stream().filter(one -> one.covers(path)).findFirst();
  }

  /// The refusal in the form of the system whose call this is, else of the one that answers for
  /// what is nobody's, else in the usual one.
  public RefusalForm.Answer answer(Refusal refusal, String path) {
    return of(path)
        .or(() -> all.stream().filter(one -> one.answersFor(path)).findFirst())
        .map(SystemDescription::refusals)
        .orElse(RefusalForm.USUAL)
        .answer(refusal, path);
  }

  /// Whether it belongs to the API, whose refusals are problem details: systems may lie inside of
  /// its path and are not meant.
  public boolean isApi(String path) {
    return SystemDescription.isUnder(apiPath, path)
        && insideApi.stream().noneMatch(one -> one.covers(path));
  }

  /// Whether it is an operators' call, of which nobody else learns that there is one.
  public boolean isForOperators(String path) {
    return SystemDescription.isUnder(apiPath + "/ops", path);
  }

  /// Whether programs see the answer. Anything else is a page, also where there is none.
  public boolean isCall(String path) {
    return !isPage(path) && (path.startsWith("/api/") || isApi(path) || of(path).isPresent());
  }

  // Needed only for pages that lie among calls, which have no variables.
  private boolean isPage(String path) {
    return pages.contains(path) || pages.contains(path + "/");
  }

  /// The address of a page as people know it: the slash at its end was taken off on the way here.
  public String withItsSlash(String path) {
    return pages.contains(path + "/") ? path + "/" : path;
  }

  /// The addresses of all pages.
  public List<String> pages() {
    return pages;
  }

  /// Whether it needs no login. Then no token is looked at: an old one must not be in the way of a
  /// new login or of the files of the login page.
  public boolean isOpen(String path) {
    return open.stream()
        .anyMatch(one ->
            one.endsWith(ALL_BELOW)
                ? SystemDescription.isUnder(
                    one.substring(0, one.length() - ALL_BELOW.length()), path)
                : one.equals(path));
  }

  /// What needs no login, as patterns.
  public List<String> open() {
    return open;
  }

  /// The paths that work with and without the slash at their end, as patterns.
  List<String> withAndWithoutSlash() {
    return Stream.concat(
            each(SystemDescription::calls).map(call -> call + ALL_BELOW),
            pages.stream().filter(page -> page.endsWith("/")))
        .toList();
  }

  /// The paths of all calls, as a servlet knows patterns.
  List<String> callPatterns() {
    return each(SystemDescription::calls).map(call -> call + "/*").toList();
  }
}
