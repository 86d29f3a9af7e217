package dev.handoff.spring;

import dev.handoff.Handoff;
import dev.handoff.spring.live.StreamLimits;
import dev.handoff.spring.live.TaskStreams;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.web.TaskVisibility;
import jakarta.servlet.Servlet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/// What the API's calls use, and an application's own controllers may: who is calling, which tasks
/// that caller sees, and the streams of their events.
@AutoConfiguration(after = HandoffAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, DispatcherServlet.class})
@ConditionalOnBean(Handoff.class)
public final class HandoffWebAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  CurrentCaller handoffCurrentCaller() {
    return CurrentCaller.containerUser();
  }

  @Bean
  @ConditionalOnMissingBean
  TaskVisibility handoffTaskVisibility(Handoff handoff) {
    return new TaskVisibility(handoff);
  }

  @Bean
  @ConditionalOnMissingBean
  TaskStreams handoffTaskStreams(
      Handoff handoff, HandoffProperties settings, CurrentCaller currentCaller) {
    HandoffProperties.Streams streams = settings.streams();
    return new TaskStreams(
        handoff,
        new StreamLimits(
            streams.perOwner(),
            streams.perNode(),
            streams.pingEvery(),
            streams.writeLimit(),
            streams.longest()),
        currentCaller);
  }
}
