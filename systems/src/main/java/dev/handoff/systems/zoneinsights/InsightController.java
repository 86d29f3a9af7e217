package dev.handoff.systems.zoneinsights;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.zoneinsights.InsightViews.Config;
import dev.handoff.systems.zoneinsights.InsightViews.RawInsights;
import dev.handoff.systems.zoneinsights.InsightViews.Status;
import dev.handoff.systems.zoneinsights.InsightViews.TestInsights;
import dev.handoff.systems.zoneinsights.InsightViews.Tests;
import dev.handoff.systems.zoneinsights.InsightViews.Times;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls that read insights; none of them makes any. Each path also works with the slash at its
/// end that its clients send.
@RestController
@RequestMapping("/api/zone-insights")
final class InsightController {
  private static final String NOT_FOUND = "Test not found or access denied";

  private final Exams exams;
  private final ZoneInsights insights;
  private final InsightTimes times;
  private final CurrentAccount currentAccount;
  private final Config config;

  InsightController(
      Exams exams,
      ZoneInsights insights,
      InsightTimes times,
      CurrentAccount currentAccount,
      Config config) {
    this.exams = exams;
    this.insights = insights;
    this.times = times;
    this.currentAccount = currentAccount;
    this.config = config;
  }

  @GetMapping("/status/{id}")
  ResponseEntity<Status> status(@PathVariable String id, HttpServletRequest request) {
    Caller caller = caller(request);
    return fresh(id, test -> insights.standing(test, caller).map(Status::of));
  }

  @GetMapping("/tests")
  ResponseEntity<Tests> tests(HttpServletRequest request) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(Tests.of(exams.completed(caller(request).owner())));
  }

  @GetMapping("/test/{id}")
  ResponseEntity<TestInsights> test(@PathVariable String id, HttpServletRequest request) {
    Caller caller = caller(request);
    return fresh(id, test -> insights.analysis(test, caller).map(TestInsights::of));
  }

  @GetMapping("/raw/{id}")
  ResponseEntity<RawInsights> raw(@PathVariable String id, HttpServletRequest request) {
    Caller caller = caller(request);
    return fresh(id, test -> insights.analysis(test, caller).map(RawInsights::of));
  }

  @GetMapping("/analytics")
  ResponseEntity<Times> analytics(HttpServletRequest request) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(times.of(caller(request).owner()));
  }

  @GetMapping("/config")
  Config config() {
    return config;
  }

  private static <T> ResponseEntity<T> fresh(
      String id, Function<Long, java.util.Optional<T>> find) {
    T found =
        ExamRequests.id(id).flatMap(find).orElseThrow(() -> RefusedException.of(404, NOT_FOUND));
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(found);
  }

  private Caller caller(HttpServletRequest request) {
    return currentAccount.of(request).asCaller();
  }
}
