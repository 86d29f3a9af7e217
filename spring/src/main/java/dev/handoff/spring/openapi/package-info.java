/// The API's OpenAPI 3.1 document, generated from the table of calls and the records of the wire.
/// Depends on `api` and `wire`; start reading at [OpenApiDocument].
@NullMarked
package dev.handoff.spring.openapi;

import org.jspecify.annotations.NullMarked;
