package com.example.meetings;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/// The owner has a meeting of this title already.
@ResponseStatus(HttpStatus.CONFLICT)
public final class TitleTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TitleTakenException(String title) {
    super("there is a meeting of the title '" + title + "'");
  }
}
