package dev.handoff.systems.accounts;

import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.audit.CallAuditFilter;
import dev.handoff.systems.kit.RefusalAnswers;
import dev.handoff.systems.kit.Systems;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// The guard in front of every call.
@Configuration(proxyBeanMethods = false)
class AccountsSecurity {
  /// Spring's own, with a shorter way for values of plain ASCII, which nearly all are: a match of
  /// its pattern over a token's 700 characters was a tenth of a status read.
  @Bean
  HttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderValues(
        value -> isPrintableAscii(value) || StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(value));
    return firewall;
  }

  // A loop and no stream, because each header of each call comes by.
  private static boolean isPrintableAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character < ' ' || character > '~') {
        return false;
      }
    }
    return true;
  }

  /// None of each filter in the chain: a call is observed as a whole.
  @Bean
  SecurityObservationSettings observeNoFilters() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  SecurityFilterChain guard(
      HttpSecurity http,
      ApiCredentials apiCredentials,
      Systems systems,
      RefusalAnswers answers,
      AuditLog audit) {
    Refusals refusals = new Refusals(systems, answers, audit);
    Credentials credentials = new Credentials(systems);
    return http.sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable)
        // Spring's own would exempt every request that carries a token, and ours may carry it in a
        // cookie.
        .csrf(AbstractHttpConfigurer::disable)
        .addFilter(csrfFilter(credentials, refusals))
        .exceptionHandling(
            refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .addFilter(bearerFilter(apiCredentials, credentials, refusals))
        .addFilterAfter(new CallAuditFilter(audit, systems), AuthorizationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(
                    DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(systems.open().toArray(String[]::new))
                .permitAll()
                .anyRequest()
                .authenticated())
        .build();
  }

  // Made by hand, because Spring's own passes on what is no refusal but an outage, past everything
  // that could answer it.
  private static BearerTokenAuthenticationFilter bearerFilter(
      ApiCredentials apiCredentials, Credentials credentials, Refusals refusals) {
    BearerTokenAuthenticationFilter filter =
        new BearerTokenAuthenticationFilter(apiCredentials, credentials);
    filter.setAuthenticationEntryPoint(refusals);
    filter.setAuthenticationFailureHandler(refusals::commence);
    return filter;
  }

  private static CsrfFilter csrfFilter(Credentials needsIt, Refusals refusals) {
    CsrfFilter filter = new CsrfFilter(CsrfCookie.repository());
    filter.setRequestHandler(new CsrfCookie());
    filter.setRequireCsrfProtectionMatcher(needsIt);
    filter.setAccessDeniedHandler(refusals);
    return filter;
  }
}
