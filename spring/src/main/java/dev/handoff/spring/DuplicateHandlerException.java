package dev.handoff.spring;

import dev.handoff.HandoffException;

/// Two beans handle the tasks of one type. The message names both.
public final class DuplicateHandlerException extends HandoffException {
  private static final long serialVersionUID = 1L;

  DuplicateHandlerException(String type, String first, String second) {
    super(
        "the beans "
            + first
            + " and "
            + second
            + " both handle tasks of the type '"
            + type
            + "': remove one of them, or give its type another name");
  }
}
