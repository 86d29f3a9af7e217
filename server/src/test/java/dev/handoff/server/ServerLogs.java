package dev.handoff.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// Hears what is logged while it is open.
final class ServerLogs implements AutoCloseable {
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> ear =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          events.add(event);
        }
      };
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  ServerLogs() {
    ear.start();
    root.addAppender(ear);
  }

  /// All lines of at least this level.
  List<String> lines(Level level) {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(level))
        .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
        .toList();
  }

  /// The lines above DEBUG that bring a stack trace along.
  List<String> traces() {
    return events.stream()
        .filter(event -> event.getThrowableProxy() != null)
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .map(event ->
            event.getLevel()
                + " "
                + event.getLoggerName()
                + ": "
                + event.getFormattedMessage()
                + " "
                + event.getThrowableProxy().getClassName()
                + " "
                + event.getThrowableProxy().getMessage())
        .toList();
  }

  /// A line with this context as the server prints it on its console.
  static String asPrinted(Map<String, String> context) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LoggingEvent event = new LoggingEvent("", root, Level.INFO, "a line", null, null);
    event.setMDCPropertyMap(context);
    var console = (ConsoleAppender<ILoggingEvent>) root.getAppender("CONSOLE");
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    root.detachAppender(ear);
  }
}
