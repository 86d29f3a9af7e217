package dev.handoff.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SourceRulesTest {
  private static final Path ROOT =
      Path.of(System.getProperty("handoff.root", "..")).toAbsolutePath().normalize();
  private static final List<String> ROOMS =
      List.of(
          "core",
          "jdbc",
          "ai",
          "testing",
          "spring",
          "spring-test",
          "spring-webhooks",
          "spring-modulith",
          "langchain4j",
          "spring-ai",
          "systems",
          "server",
          "examples/plain-java",
          "examples/spring-boot-app",
          "examples/bookshop",
          "examples/bookshop-handoff",
          "benchmarks");
  private static final int LINES = 400;
  private static final int TEST_LINES = 500;
  private static final int FILES = 45;

  /// How many names of types stand in several packages. Lower it when one of them is gone.
  private static final int SHARED_NAMES = 37;

  // The two stores in the packages below jdbc have twins, which share a name on purpose.
  private static final Pattern PACKAGE =
      Pattern.compile("^package (dev\\.handoff\\.jdbc\\b|[\\w.]+)", Pattern.MULTILINE);

  private static final Pattern TYPE =
      Pattern.compile(
          "^\\s*(?:(?:public|protected|private|static|final|sealed|non-sealed|abstract) )*"
              + "(?:class|interface|record|enum|@interface) (\\w+)",
          Pattern.MULTILINE);

  @Test
  void filesStaySmall() {
    assertThat(violations(this::tooLong))
        .as("a file over its bound has two reasons to change: split it by reason")
        .isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    List<Path> packages = mainSources().stream().map(Path::getParent).distinct().toList();

    assertThat(packages.stream().filter(folder -> !isNullMarked(folder)))
        .as("add a package-info.java with @NullMarked and a paragraph on what lives here")
        .isEmpty();
  }

  @Test
  void packagesOfSystemsStaySmall() {
    Map<Path, Long> packages =
        mainSources().stream()
            .filter(file -> file.startsWith(ROOT.resolve("systems")))
            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    packages.values().removeIf(files -> files <= FILES);

    assertThat(packages)
        .as("split it: web has the calls of a system, ai what asks a model (docs/add-a-system.md)")
        .isEmpty();
  }

  @Test
  void commentsCarryNoHistoryAndNoLooseEnds() {
    // The words are put together so that this file does not find itself.
    Pattern loose =
        Pattern.compile(
            "(?://|\\*).*\\b(?:TO" + "DO|FIX" + "ME)\\b(?!.*#\\d)|@aut" + "hor|// ?[=*#-]{4,}");

    assertThat(violations(file -> lines(file, loose)))
        .as("a TODO needs an issue number (#12); authors and banners are the history's business")
        .isEmpty();
  }

  @Test
  void nothingWaitsByTheWatch() {
    // The words are put together so that this file does not find itself.
    Pattern sleep =
        Pattern.compile(
            "Thread" + "\\.sleep|TimeUnit\\.[A-Z]+\\.sleep|\\.until\\(\\(\\) -> tr" + "ue\\)");

    assertThat(violations(file -> lines(file, sleep)))
        .as("wait for a condition (await().until, or during for one that has to last) or a clock")
        .isEmpty();
  }

  @Test
  void namesOfTypesStandInOnePackage() {
    Map<String, Set<String>> packages = new TreeMap<>();
    for (Path file : allSources()) {
      String source = read(file);
      Matcher here = PACKAGE.matcher(source);
      if (here.find()) {
        TYPE.matcher(source)
            .results()
            .forEach(type ->
                packages.computeIfAbsent(type.group(1), _ -> new TreeSet<>()).add(here.group(1)));
      }
    }
    packages.values().removeIf(several -> several.size() == 1);

    assertThat(packages)
        .as("a name means one thing in the repository; give the new type another name")
        .hasSizeLessThanOrEqualTo(SHARED_NAMES);
  }

  @Test
  void migrationsAreWrittenOnceForBothDatabases() {
    // The two stores of the engine differ in more than types, so jdbc has a folder for each.
    List<String> names =
        ROOMS.stream()
            .filter(room -> !room.equals("jdbc"))
            .flatMap(room ->
                files(ROOT.resolve(room).resolve("src/main"), ".sql").stream()
                    .map(file -> room + "/" + file.getFileName()))
            .toList();

    assertThat(names)
        .as("write it in PostgreSQL's types, which SQLite takes, with ${generatedId} for ids")
        .contains("systems/V1__accounts.sql")
        .doesNotHaveDuplicates();
  }

  @Test
  void noTestIsSwitchedOffAndNothingOfOursIsMocked() {
    Pattern banned = Pattern.compile("@Dis" + "abled|org\\.mock" + "ito");

    assertThat(violations(file -> lines(file, banned)))
        .as("a flaky test is a bug with a cause; a fake is shipped code")
        .isEmpty();
  }

  @Test
  void controllersLeaveErrorsToTheOnePlaceForThem() {
    Pattern caught = Pattern.compile("\\bcatch \\(");

    List<String> found = new ArrayList<>();
    mainSources().stream()
        .filter(file -> file.getFileName().toString().matches(".*(Controller|Routes)\\.java"))
        .forEach(file -> found.addAll(lines(file, caught)));

    assertThat(found).as("throw; the exception handler answers").isEmpty();
  }

  @Test
  void nothingPreviewedIsUsed() throws IOException {
    for (Path pom : poms()) {
      assertThat(Files.readString(pom)).as(pom.toString()).doesNotContain("--enable-" + "preview");
    }
  }

  @Test
  void markdownShowsOnlyJavaThatIsCompiled() throws IOException {
    List<String> sources = allSources().stream().map(SourceRulesTest::withoutIndent).toList();
    List<String> strangers = new ArrayList<>();
    for (Path page : pages()) {
      for (String block : javaBlocks(Files.readString(page))) {
        if (sources.stream().noneMatch(source -> source.contains(block))) {
          strangers.add(ROOT.relativize(page) + ":\n" + block);
        }
      }
    }

    assertThat(strangers).as("copy the block from a source that a test runs").isEmpty();
  }

  private List<String> tooLong(Path file) {
    int bound = file.toString().matches(".*/src/test/.*|.*Contract\\.java") ? TEST_LINES : LINES;
    int length = read(file).split("\n", -1).length - 1;
    return length > bound
        ? List.of(ROOT.relativize(file) + " has " + length + " lines")
        : List.of();
  }

  private static boolean isNullMarked(Path folder) {
    Path info = folder.resolve("package-info.java");
    return Files.exists(info) && read(info).contains("@NullMarked") && read(info).contains("///");
  }

  private interface Check {
    List<String> in(Path file);
  }

  private static List<String> violations(Check check) {
    List<Path> sources = allSources();
    assertThat(sources).as("sources under %s", ROOT).hasSizeGreaterThan(50);
    List<String> found = new ArrayList<>();
    sources.forEach(file -> found.addAll(check.in(file)));
    return found;
  }

  private static List<String> lines(Path file, Pattern pattern) {
    List<String> found = new ArrayList<>();
    int number = 0;
    for (String line : read(file).split("\n", -1)) {
      number++;
      if (pattern.matcher(line).find()) {
        found.add(ROOT.relativize(file) + ":" + number + ": " + line.strip());
      }
    }
    return found;
  }

  private static List<String> javaBlocks(String page) {
    List<String> blocks = new ArrayList<>();
    var fenced = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
    while (fenced.find()) {
      blocks.add(dedent(fenced.group(1)).strip());
    }
    return blocks;
  }

  private static String withoutIndent(Path file) {
    return dedent(read(file));
  }

  private static String dedent(String text) {
    return Pattern.compile("^[ \t]+", Pattern.MULTILINE).matcher(text).replaceAll("");
  }

  private static List<Path> mainSources() {
    return allSources().stream()
        .filter(file -> file.toString().contains("/src/main/"))
        .filter(file -> !file.endsWith("module-info.java"))
        .toList();
  }

  private static List<Path> allSources() {
    List<Path> sources = new ArrayList<>();
    for (String room : ROOMS) {
      sources.addAll(files(ROOT.resolve(room).resolve("src"), ".java"));
    }
    return sources;
  }

  private static List<Path> pages() {
    List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
    Stream.of("README.md", "CONTRIBUTING.md")
        .map(ROOT::resolve)
        .filter(Files::exists)
        .forEach(pages::add);
    return pages;
  }

  private static Set<Path> poms() {
    Set<Path> poms = new TreeSet<>();
    poms.add(ROOT.resolve("pom.xml"));
    ROOMS.stream()
        .map(room -> ROOT.resolve(room).resolve("pom.xml"))
        .filter(Files::exists)
        .forEach(poms::add);
    return poms;
  }

  private static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
