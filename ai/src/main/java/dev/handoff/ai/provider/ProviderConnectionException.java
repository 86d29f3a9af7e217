package dev.handoff.ai.provider;

/// The call did not get through, or broke off: the cause says how (an `IOException` or the
/// interrupt of the calling thread).
final class ProviderConnectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProviderConnectionException(Exception cause) {
    super(cause);
  }
}
