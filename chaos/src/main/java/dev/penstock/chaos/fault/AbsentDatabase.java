package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/// The database stops and is started again after a while.
///
/// @param away how long it is not there
record AbsentDatabase(Site site, Duration away) implements Fault {

  @Override
  public String target() {
    return "database";
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.DATABASE);
  }

  @Override
  public void strike() throws IOException {
    site.database().stop();
    Wait.pause(away);
    site.database().startAgain();
  }
}
