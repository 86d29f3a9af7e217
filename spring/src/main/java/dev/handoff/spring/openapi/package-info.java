/// The API's document (OpenAPI 3.1), made from the table of calls and the records of the wire, so
/// that it cannot say anything else than the code. Depends on `api` and `wire`; start reading at
/// [OpenApiDocument].
@NullMarked
package dev.handoff.spring.openapi;

import org.jspecify.annotations.NullMarked;
