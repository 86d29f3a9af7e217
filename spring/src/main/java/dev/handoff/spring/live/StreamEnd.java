package dev.handoff.spring.live;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/// Closes a stream when the container says that its connection is over.
record StreamEnd(EventStream stream) implements AsyncListener {
  @Override
  public void onComplete(AsyncEvent event) {
    stream.close();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    stream.close();
  }

  @Override
  public void onError(AsyncEvent event) {
    stream.close();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
