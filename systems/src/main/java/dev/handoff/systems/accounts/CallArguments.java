package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.CallArgument;
import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Calls may take the logged-in [Account], or the [Caller] that its tasks run as, as a parameter.
record CallArguments(CurrentAccount current) implements WebMvcConfigurer {
  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CallArgument(Account.class, current::of));
    resolvers.add(new CallArgument(Caller.class, request -> current.of(request).asCaller()));
  }
}
