package dev.handoff.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies that are too large: at once when they say their length, else when the limit is
/// passed while they are read. The two limits are for multipart uploads and for everything else.
public final class BodyLimitFilter extends OncePerRequestFilter {
  // A client that is still sending does not read the answer. This many more bytes are read and
  // discarded, so that it can finish and see why it was refused.
  private static final long DRAIN_LIMIT = 16L << 20;

  private final DataSize bodyLimit;
  private final DataSize uploadLimit;
  private final TooLargeAnswer refusal;

  /// Writes the answer to a body that is too large.
  @FunctionalInterface
  public interface TooLargeAnswer {
    void write(HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  public BodyLimitFilter(DataSize bodyLimit, DataSize uploadLimit, TooLargeAnswer refusal) {
    this.bodyLimit = bodyLimit;
    this.uploadLimit = uploadLimit;
    this.refusal = refusal;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long limit = limitFor(request);
    if (request.getContentLengthLong() > limit) {
      refuse(request, response);
      discardRest(request);
      return;
    }
    Bounded bounded = new Bounded(request, limit);
    try {
      chain.doFilter(bounded, response);
    } catch (BodyTooLargeException tooLarge) {
      refuse(request, response);
    }
    // This filter or a handler behind it has answered, and the client is still sending.
    if (bounded.passedItsLimit()) {
      response.flushBuffer();
      discardRest(request);
    }
  }

  private long limitFor(HttpServletRequest request) {
    String type = request.getContentType();
    boolean upload = type != null && type.regionMatches(true, 0, "multipart/", 0, 10);
    return (upload ? uploadLimit : bodyLimit).toBytes();
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.setHeader(HttpHeaders.CONNECTION, "close");
    refusal.write(request, response);
    response.flushBuffer();
  }

  private static void discardRest(HttpServletRequest request) throws IOException {
    InputStream rest = request.getInputStream();
    byte[] discarded = new byte[8192];
    long left = DRAIN_LIMIT;
    int read = rest.read(discarded);
    while (read > 0 && left > 0) {
      left -= read;
      read = rest.read(discarded);
    }
  }

  /// A request whose body ends in an exception at the limit. Multipart bodies are parsed by the
  /// container from below this wrapper; its own limit bounds those that do not say their length.
  private static final class Bounded extends HttpServletRequestWrapper {
    private final long limit;
    private @Nullable BoundedStream stream;

    Bounded(HttpServletRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    boolean passedItsLimit() {
      return stream != null && stream.read > limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      BoundedStream open = stream;
      if (open == null) {
        open = new BoundedStream(super.getInputStream(), limit);
        stream = open;
      }
      return open;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      String encoding = getCharacterEncoding();
      Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
      return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }
  }

  private static final class BoundedStream extends ServletInputStream {
    private final ServletInputStream body;
    private final long limit;
    private long read;

    BoundedStream(ServletInputStream body, long limit) {
      this.body = body;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int one = body.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int many = body.read(into, from, length);
      count(Math.max(0, many));
      return many;
    }

    private void count(int more) throws IOException {
      read += more;
      if (read > limit) {
        throw new BodyTooLargeException(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
