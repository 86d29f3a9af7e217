package com.example.bookshop.handoff;

import static org.awaitility.Awaitility.await;

import com.example.plain.SeveralStarts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An application in a process of its own, with the class path that it would have by itself.
final class ShopProcess implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;

  private ShopProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// The class path of the shop without Handoff, and its tests' classes.
  static List<String> bare() throws IOException {
    List<String> jars = jars("bookshop.class-path");
    jars.add(System.getProperty("bookshop.classes"));
    jars.add(testClasses());
    return jars;
  }

  /// The class path of the shop with Handoff, and its tests' classes.
  static List<String> withHandoff() throws IOException {
    List<String> jars = jars("with.class-path");
    Path classes = Path.of(testClasses()).resolveSibling("classes");
    jars.add(classes.toString());
    jars.add(testClasses());
    return jars;
  }

  /// Without the jars whose names match.
  static List<String> without(List<String> classPath, String names) {
    return classPath.stream().filter(matching(names).negate()).toList();
  }

  /// With those jars of the tests' own class path whose names match.
  static List<String> with(List<String> classPath, String names) {
    List<String> more =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(matching(names))
            .toList();
    return Stream.concat(classPath.stream(), more.stream()).distinct().toList();
  }

  private static Predicate<String> matching(String names) {
    Pattern pattern = Pattern.compile("(?:^|/)(?:" + names + ")[^/]*\\.jar$");
    Pattern module = Pattern.compile("/(?:" + names + ")/target/[^/]*$");
    return jar -> pattern.matcher(jar).find() || module.matcher(jar).find();
  }

  private static List<String> jars(String property) throws IOException {
    String text = Files.readString(Path.of(System.getProperty(property))).strip();
    return new ArrayList<>(List.of(text.split(File.pathSeparator)));
  }

  private static String testClasses() {
    return Path.of(
            URI.create(
                String.valueOf(
                    ShopProcess.class.getProtectionDomain().getCodeSource().getLocation())))
        .toString();
  }

  /// Starts it in this folder; it ends by itself, or is ready.
  static ShopProcess start(Path folder, List<String> classPath, Class<?> main, String... settings)
      throws IOException {
    ShopProcess shop = launch(folder, classPath, main, settings);
    await().atMost(PATIENCE).until(() -> !shop.isRunning() || shop.isReady());
    return shop;
  }

  /// Starts it in this folder, and returns at once.
  static ShopProcess launch(Path folder, List<String> classPath, Class<?> main, String... settings)
      throws IOException {
    return launch(folder, classPath, main, arguments(settings));
  }

  /// Starts applications one after the other in one process; each is a class and its settings.
  ///
  /// @return what each of them printed
  static List<String> startEach(Path folder, List<String> classPath, List<List<String>> starts)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    for (List<String> start : starts) {
      arguments.add(start.getFirst());
      arguments.addAll(arguments(start.subList(1, start.size()).toArray(String[]::new)));
      arguments.add(SeveralStarts.NEXT);
    }
    try (ShopProcess process = launch(folder, classPath, SeveralStarts.class, arguments)) {
      await().atMost(PATIENCE).until(() -> !process.isRunning());
      return List.of(process.output().split("\n" + SeveralStarts.NEXT + "\n"));
    }
  }

  private static List<String> arguments(String... settings) {
    List<String> arguments =
        new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off"));
    Arrays.stream(settings).forEach(setting -> arguments.add("--" + setting));
    return arguments;
  }

  private static ShopProcess launch(
      Path folder, List<String> classPath, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, classPath),
                main.getName()));
    command.addAll(arguments);
    Path log = Files.createTempFile(folder, "shop", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new ShopProcess(process, log);
  }

  /// Waits until it has printed this line.
  void awaitLine(String line) {
    await().atMost(PATIENCE).until(() -> lines().contains(line));
  }

  /// Sends it something to read.
  void sendByte() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  private boolean isReady() throws IOException {
    return lines().stream().anyMatch(line -> line.startsWith("READY "));
  }

  boolean isRunning() {
    return process.isAlive();
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(log);
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  /// What was logged, without the inventory.
  List<String> log() throws IOException {
    return lines().stream().filter(line -> !line.startsWith("# ")).toList();
  }

  /// What the inventory listed.
  List<String> inventory() throws IOException {
    return lines().stream().filter(line -> line.startsWith("# ")).sorted().toList();
  }

  private URI at(String path) throws IOException {
    String ready =
        lines().stream().filter(line -> line.startsWith("READY ")).findFirst().orElseThrow();
    return URI.create("http://localhost:" + ready.substring("READY ".length()) + path);
  }

  HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(at(path)).timeout(PATIENCE).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(at(path))
            .timeout(PATIENCE)
            .header("Content-Type", body.startsWith("{") ? "application/json" : "text/plain")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await().until(() -> !process.isAlive());
  }
}
