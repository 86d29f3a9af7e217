package dev.handoff.spring.api;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the documentation says about a call; the OpenAPI document is made from it.
///
/// @param operation its name in clients, such as `getTask`
/// @param summary one line
/// @param parameters in the query and in headers; those of the path are known from it
/// @param body what is sent; null when nothing is
/// @param answers what comes back when it goes well
public record About(
    String operation,
    String summary,
    List<Parameter> parameters,
    @Nullable Class<?> body,
    List<Answer> answers) {
  public enum In {
    QUERY,
    /// A header of the request.
    HEADER
  }

  /// A parameter that may be left out.
  public record Parameter(In in, String name, Class<?> type, String description) {}

  /// An answer: its status, what it holds (null for an empty one), its media type, and what it
  /// means.
  public record Answer(int status, @Nullable Class<?> body, String mediaType, String meaning) {}

  public About {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
  }

  /// A call with this name and summary.
  public static About call(String operation, String summary) {
    return new About(operation, summary, List.of(), null, List.of());
  }

  /// With a parameter of the query.
  public About query(String name, Class<?> type, String description) {
    return with(new Parameter(In.QUERY, name, type, description));
  }

  /// With a header that the request may have.
  public About header(String name, Class<?> type, String description) {
    return with(new Parameter(In.HEADER, name, type, description));
  }

  /// With a body of JSON.
  public About sends(Class<?> body) {
    return new About(operation, summary, parameters, body, answers);
  }

  /// With an answer of JSON.
  public About answers(int status, Class<?> body, String meaning) {
    return with(new Answer(status, body, "application/json", meaning));
  }

  /// With an answer of another kind.
  public About streams(int status, Class<?> piece, String mediaType, String meaning) {
    return with(new Answer(status, piece, mediaType, meaning));
  }

  /// With an answer that holds nothing.
  public About answers(int status, String meaning) {
    return with(new Answer(status, null, "", meaning));
  }

  private About with(Parameter parameter) {
    return new About(operation, summary, and(parameters, parameter), body, answers);
  }

  private About with(Answer answer) {
    return new About(operation, summary, parameters, body, and(answers, answer));
  }

  private static <T> List<T> and(List<T> all, T one) {
    return Stream.concat(all.stream(), Stream.of(one)).toList();
  }
}
