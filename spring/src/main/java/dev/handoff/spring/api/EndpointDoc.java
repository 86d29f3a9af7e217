package dev.handoff.spring.api;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The documentation of a call, from which the OpenAPI document is made.
///
/// @param operation its name in clients, such as `getTask`
/// @param summary one line
/// @param parameters in the query and in headers; those of the path are known from it
/// @param body what is sent; null when nothing is
/// @param answers what comes back when it goes well
public record EndpointDoc(
    String operation,
    String summary,
    List<ParameterDoc> parameters,
    @Nullable Class<?> body,
    List<ResponseDoc> answers) {
  public enum In {
    QUERY,
    /// A header of the request.
    HEADER
  }

  /// A parameter that may be left out.
  public record ParameterDoc(In in, String name, Class<?> type, String description) {}

  /// An answer: its status, the type of its body (null for none), its media type and its meaning.
  public record ResponseDoc(
      int status, @Nullable Class<?> body, String mediaType, String meaning) {}

  public EndpointDoc {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
  }

  /// A call with this name and summary.
  public static EndpointDoc call(String operation, String summary) {
    return new EndpointDoc(operation, summary, List.of(), null, List.of());
  }

  /// With a parameter of the query.
  public EndpointDoc query(String name, Class<?> type, String description) {
    return with(new ParameterDoc(In.QUERY, name, type, description));
  }

  /// With a header that the request may have.
  public EndpointDoc header(String name, Class<?> type, String description) {
    return with(new ParameterDoc(In.HEADER, name, type, description));
  }

  /// With a body of JSON.
  public EndpointDoc sends(Class<?> body) {
    return new EndpointDoc(operation, summary, parameters, body, answers);
  }

  /// With an answer of JSON.
  public EndpointDoc answers(int status, Class<?> body, String meaning) {
    return with(new ResponseDoc(status, body, "application/json", meaning));
  }

  /// With an answer of another kind.
  public EndpointDoc streams(int status, Class<?> piece, String mediaType, String meaning) {
    return with(new ResponseDoc(status, piece, mediaType, meaning));
  }

  /// With an answer that holds nothing.
  public EndpointDoc answers(int status, String meaning) {
    return with(new ResponseDoc(status, null, "", meaning));
  }

  private EndpointDoc with(ParameterDoc parameter) {
    return new EndpointDoc(operation, summary, and(parameters, parameter), body, answers);
  }

  private EndpointDoc with(ResponseDoc answer) {
    return new EndpointDoc(operation, summary, parameters, body, and(answers, answer));
  }

  private static <T> List<T> and(List<T> all, T one) {
    return Stream.concat(all.stream(), Stream.of(one)).toList();
  }
}
