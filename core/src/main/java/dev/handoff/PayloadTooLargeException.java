package dev.handoff;

/// A request, result, chunk or step value is over its bound. Make it smaller, or keep it elsewhere
/// and pass a reference.
public final class PayloadTooLargeException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final long size;
  private final long bound;

  /// What was too large ("the request of chat"), its size and its bound, both in bytes.
  public PayloadTooLargeException(String what, long size, long bound) {
    super(
        what
            + " has "
            + size
            + " bytes, more than the allowed "
            + bound
            + "; make it smaller, or store it elsewhere and pass a reference");
    this.size = size;
    this.bound = bound;
  }

  /// Returns the size of the payload in bytes.
  public long size() {
    return size;
  }

  /// Returns the largest permitted size in bytes.
  public long bound() {
    return bound;
  }
}
