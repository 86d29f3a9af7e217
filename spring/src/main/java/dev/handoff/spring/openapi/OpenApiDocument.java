package dev.handoff.spring.openapi;

import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.wire.ProblemView;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document of these calls. The problem detail, which every call may answer, is
/// described once.
public final class OpenApiDocument {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern PATH_VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final String PROBLEM = "Problem";

  /// The path variable that is a name; the others are ids.
  private static final String NAME = "name";

  private final WireSchemas schemas = new WireSchemas();
  private final List<Endpoint> endpoints;

  private OpenApiDocument(List<Endpoint> endpoints) {
    this.endpoints = endpoints;
  }

  /// Returns the document of these calls below this path.
  public static ObjectNode of(List<Endpoint> endpoints, String apiPath) {
    return new OpenApiDocument(endpoints).write(apiPath);
  }

  private ObjectNode write(String apiPath) {
    ObjectNode document = JSON.objectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Handoff")
        .put("version", "1")
        .put("description", "Slow AI work, handed off: tasks as their owners see them.");
    document.putArray("servers").addObject().put("url", apiPath);
    var security = document.putArray("security");
    security.addObject().putArray("bearer");
    security.addObject().putArray("cookie");
    ObjectNode paths = document.putObject("paths");
    endpoints.forEach(endpoint -> add(paths, endpoint));
    components(document.putObject("components"));
    return document;
  }

  private void add(ObjectNode paths, Endpoint endpoint) {
    EndpointDoc about = endpoint.about();
    ObjectNode call =
        paths
            .withObjectProperty(endpoint.path())
            .putObject(endpoint.method().name().toLowerCase(Locale.ROOT));
    call.put("operationId", about.operation());
    call.put("summary", about.summary());
    call.putArray("tags").add(endpoint.path().substring(1).split("/", 2)[0]);
    call.put(
        "description",
        "Needs the permission `" + endpoint.needs().name().toLowerCase(Locale.ROOT) + "`.");
    parameters(call, endpoint);
    Class<?> body = about.body();
    if (body != null) {
      ObjectNode request = call.putObject("requestBody");
      request.put("required", true);
      content(request, MediaType.APPLICATION_JSON_VALUE).set("schema", schemas.of(body));
    }
    answers(call.putObject("responses"), about);
  }

  private void parameters(ObjectNode call, Endpoint endpoint) {
    var parameters = JSON.arrayNode();
    Matcher inPath = PATH_VARIABLE.matcher(endpoint.path());
    while (inPath.find()) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", inPath.group(1)).put("in", "path").put("required", true);
      ObjectNode schema = parameter.putObject("schema").put("type", "string");
      if (!NAME.equals(inPath.group(1))) {
        schema.put("format", "uuid");
      }
    }
    for (EndpointDoc.ParameterDoc each : endpoint.about().parameters()) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", each.name()).put("in", each.in().name().toLowerCase(Locale.ROOT));
      parameter.put("description", each.description());
      parameter.set("schema", schemas.of(each.type()));
    }
    if (!parameters.isEmpty()) {
      call.set("parameters", parameters);
    }
  }

  private void answers(ObjectNode responses, EndpointDoc about) {
    for (EndpointDoc.ResponseDoc answer : about.answers()) {
      ObjectNode response = responses.putObject(Integer.toString(answer.status()));
      response.put("description", answer.meaning());
      Class<?> body = answer.body();
      if (body != null) {
        content(response, answer.mediaType()).set("schema", schemas.of(body));
      }
    }
    responses.putObject("default").put("$ref", "#/components/responses/" + PROBLEM);
  }

  private void components(ObjectNode components) {
    ObjectNode problem = components.putObject("responses").putObject(PROBLEM);
    problem.put("description", "RFC 9457 problem details: what happened and what to do next");
    content(problem, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
        .set("schema", schemas.of(ProblemView.class));
    components.set("schemas", schemas.collected());
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
    schemes
        .putObject("cookie")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", "handoff_access");
  }

  private static ObjectNode content(ObjectNode of, String mediaType) {
    return of.putObject("content").putObject(mediaType);
  }
}
