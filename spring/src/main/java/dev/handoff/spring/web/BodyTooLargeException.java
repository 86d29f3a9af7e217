package dev.handoff.spring.web;

import java.io.IOException;

/// A request's body turned out larger than [BodyLimitFilter] allows while it was read.
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(long limit) {
    super("the request body is larger than " + limit + " bytes");
  }
}
