package dev.handoff.server;

import dev.handoff.testing.model.ScriptedModelServer;
import java.util.ArrayList;
import java.util.List;

/// A server of its own with the demo's schools, and the model that it asks; closing ends both.
record TeamServer(ScriptedModelServer model, TestServer server, Team team)
    implements AutoCloseable {
  /// For tests that ask more than one person would.
  static final String[] UNLIMITED = {
    "handoff.systems.team-evaluation.queue-per-minute=100000",
    "handoff.systems.team-evaluation.batch-per-minute=100000",
    "handoff.systems.team-evaluation.calls-per-minute=100000"
  };

  /// With a model that does what it is asked for.
  static TeamServer start(String... settings) {
    ScriptedModelServer model = ScriptedModelServer.start().byDefault(Team.WRITER);
    List<String> all = new ArrayList<>(List.of(KillableServer.asking(model)));
    all.add("handoff.demo=true");
    all.addAll(List.of(settings));
    TestServer server = TestServer.start(TestServer.temporaryFolder(), all.toArray(String[]::new));
    return new TeamServer(model, server, new Team(server));
  }

  /// Nobody has asked for anything yet, and the model writes.
  void forget() {
    model.clear();
    model.byDefault(Team.WRITER);
    team.forget();
  }

  @Override
  public void close() {
    server.close();
    model.close();
  }
}
