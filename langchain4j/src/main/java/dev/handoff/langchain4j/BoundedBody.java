package dev.handoff.langchain4j;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Fails when more than so many bytes come.
final class BoundedBody extends FilterInputStream {
  private int left;

  BoundedBody(InputStream in, int most) {
    super(in);
    left = most;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = super.read(bytes, from, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("the answer is too long");
    }
  }
}
