package dev.handoff.spring.api;

import dev.handoff.Handoff;
import dev.handoff.PayloadCodec;
import dev.handoff.jdbc.JacksonPayloadCodec;
import dev.handoff.spring.TaskTypes;
import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.tables.Sweeper;
import dev.handoff.spring.tables.TaskDatabase;
import dev.handoff.spring.web.TaskVisibility;
import java.time.Duration;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The calls that hand off tasks, list them and limit them, put together.
@Configuration(proxyBeanMethods = false)
public class SubmitConfiguration {
  @Bean
  JsonSchemas handoffJsonSchemas(PayloadCodec codec) {
    return codec instanceof JacksonPayloadCodec json
        ? new JsonSchemas(json.mapper())
        : new JsonSchemas();
  }

  @Bean
  OpenTypes handoffOpenTypes(ListableBeanFactory beans, SubmitLimits limits, JsonSchemas schemas) {
    return new OpenTypes(TaskTypes.of(beans), limits.openTypes(), schemas);
  }

  @Bean
  SubmitTables handoffSubmitTables(TaskDatabase database, ApiTables migrated) {
    return new SubmitTables(database.sql(), migrated);
  }

  @Bean
  SubmitCalls.SubmitPipeline handoffSubmitPipeline(
      TaskDatabase database,
      Handoff handoff,
      OpenTypes types,
      PayloadCodec codec,
      JsonSchemas schemas,
      SubmitTables tables,
      SubmitLimits limits) {
    return new SubmitCalls.SubmitPipeline(
        types,
        new SubmitReader(types, codec, schemas, handoff.clock()),
        new IdempotentSubmits(tables, database.transaction(), handoff.clock(), limits),
        new SubmitQuota(limits.perMinute()));
  }

  @Bean
  ApiCalls handoffSubmitCalls(
      Handoff handoff,
      TaskVisibility visibility,
      SubmitCalls.SubmitPipeline pipeline,
      LongPolls longPolls) {
    return new SubmitCalls(handoff, visibility, pipeline, longPolls);
  }

  @Bean
  ApiCalls handoffBatchCalls(
      Handoff handoff,
      SubmitTables tables,
      SubmitLimits limits,
      SubmitCalls.SubmitPipeline pipeline) {
    return new BatchCalls(new Batches(handoff, tables, limits.batchesFor()), pipeline);
  }

  @Bean
  ApiCalls handoffListCalls(TaskVisibility visibility, Handoff handoff) {
    return new ListCalls(visibility, handoff);
  }

  @Bean
  ApiCalls handoffGateCalls(Handoff handoff) {
    return new GateCalls(handoff);
  }

  @Bean
  Sweeper handoffSubmitSweeper(SubmitTables tables, Handoff handoff) {
    return new Sweeper(
        "expired idempotency keys and batches",
        Duration.ofMinutes(1),
        () -> tables.purge(handoff.clock().instant()));
  }
}
