package dev.handoff.systems.zoneinsights.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.zoneinsights.Exams;
import dev.handoff.systems.zoneinsights.InsightTimes;
import dev.handoff.systems.zoneinsights.InsightWriter;
import dev.handoff.systems.zoneinsights.ZoneInsights;
import dev.handoff.systems.zoneinsights.web.InsightViews.Config;
import dev.handoff.systems.zoneinsights.web.InsightViews.RawInsights;
import dev.handoff.systems.zoneinsights.web.InsightViews.Status;
import dev.handoff.systems.zoneinsights.web.InsightViews.TestInsights;
import dev.handoff.systems.zoneinsights.web.InsightViews.Tests;
import dev.handoff.systems.zoneinsights.web.InsightViews.Times;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls that read insights, and one that has the AI make them again. Each path also works with
/// the slash at its end that its clients send.
@RestController
@RequestMapping("/api/zone-insights")
record InsightController(
    Exams exams, ZoneInsights insights, InsightTimes times, InsightWriter writer, Config pages) {
  @GetMapping("/status/{id}")
  ResponseEntity<Status> status(@PathVariable String id, Caller caller) {
    return found(id, test -> insights.standing(test, caller).map(Status::of));
  }

  @GetMapping("/tests")
  ResponseEntity<Tests> tests(Caller caller) {
    return Uncached.of(Tests.of(exams.completed(caller.owner())));
  }

  @GetMapping("/test/{id}")
  ResponseEntity<TestInsights> test(@PathVariable String id, Caller caller) {
    return found(id, test -> insights.analysis(test, caller).map(TestInsights::of));
  }

  @PostMapping("/test/{id}/remake")
  ResponseEntity<Status> remake(@PathVariable String id, Caller caller) {
    return found(
        id,
        test ->
            (writer.isAi() ? insights.remake(test, caller) : insights.standing(test, caller))
                .map(Status::of));
  }

  @GetMapping("/raw/{id}")
  ResponseEntity<RawInsights> raw(@PathVariable String id, Caller caller) {
    return found(id, test -> insights.analysis(test, caller).map(RawInsights::of));
  }

  @GetMapping("/analytics")
  ResponseEntity<Times> analytics(Caller caller) {
    return Uncached.of(Times.of(times.of(caller.owner())));
  }

  @GetMapping("/config")
  Config config() {
    return pages;
  }

  private static <T> ResponseEntity<T> found(String id, Function<Long, Optional<T>> find) {
    return Uncached.orNotFound(
        ExamRequests.id(id).flatMap(find), "Test not found or access denied");
  }
}
