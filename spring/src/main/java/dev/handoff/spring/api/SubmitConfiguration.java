package dev.handoff.spring.api;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.PayloadCodec;
import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.web.TaskVisibility;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The calls that hand off tasks and list them, put together.
@Configuration(proxyBeanMethods = false)
public class SubmitConfiguration {
  @Bean
  JsonSchemas handoffJsonSchemas() {
    return new JsonSchemas();
  }

  @Bean
  OpenTypes handoffOpenTypes(
      ObjectProvider<HandledType<?, ?>> types, SubmitLimits limits, JsonSchemas schemas) {
    return new OpenTypes(types.orderedStream().toList(), limits.openTypes(), schemas);
  }

  @Bean
  SubmitTables handoffSubmitTables(DataSource database, ApiTables migrated) {
    return new SubmitTables(JdbcClient.create(database), migrated);
  }

  // With transactions on the store's own database, whatever the application's are on.
  @Bean
  SubmitCalls.Parts handoffSubmitParts(
      DataSource database,
      Handoff handoff,
      OpenTypes types,
      PayloadCodec codec,
      JsonSchemas schemas,
      SubmitTables tables,
      SubmitLimits limits) {
    TransactionTemplate transactions =
        new TransactionTemplate(new JdbcTransactionManager(database));
    return new SubmitCalls.Parts(
        types,
        new SubmitReader(types, codec, schemas),
        new Submits(tables, transactions, handoff.clock(), limits),
        new SubmitQuota(limits.perMinute()));
  }

  @Bean
  ApiCalls handoffSubmitCalls(
      Handoff handoff, TaskVisibility visibility, SubmitCalls.Parts parts, Waits waits) {
    return new SubmitCalls(handoff, visibility, parts, waits);
  }

  @Bean
  ApiCalls handoffBatchCalls(
      Handoff handoff, SubmitTables tables, SubmitLimits limits, SubmitCalls.Parts parts) {
    return new BatchCalls(new Batches(handoff, tables, limits.batchesFor()), parts);
  }

  @Bean
  ApiCalls handoffListCalls(TaskVisibility visibility) {
    return new ListCalls(visibility);
  }

  @Bean
  SubmitSweeper handoffSubmitSweeper(SubmitTables tables, Handoff handoff) {
    return new SubmitSweeper(tables, handoff.clock());
  }
}
