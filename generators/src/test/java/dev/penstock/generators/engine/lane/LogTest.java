package dev.penstock.generators.engine.lane;

import static dev.penstock.generators.engine.lane.FakeGenerator.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Specified: what the engine logs when a stage or the model throws. The id and where it was thrown; never a message
/// that might quote the prompt.
class LogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.penstock.generators.engine");
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    events.start();
    logger.addAppender(events);
  }

  @AfterEach
  void restore() {
    logger.detachAppender(events);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  private String logged(String fault) throws Exception {
    try (StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(1), EngineClock.system())) {
      engine.add("model", new FakeGenerator(1));
      Recorded<Object> end = new Recorded<>();
      engine.submit("model", request("id-1", Map.of("fault", fault)), r -> r, end);
      await().until(() -> end.calls() == 1);
    }
    StringBuilder text = new StringBuilder();
    for (ILoggingEvent event : List.copyOf(events.list)) {
      text.append(event.getFormattedMessage()).append(event.getKeyValuePairs())
          .append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
    }
    return text.toString();
  }

  @Test
  void namesTheIdAndThePlaceOfABugInAStage() throws Exception {
    assertThat(logged("bug in complete"))
        .contains("id-1", "java.lang.IllegalStateException", "FakeGenerator.complete")
        .doesNotContain("secret");
  }

  @Test
  void saysThatAStepFailedOnceForTheBatchAndOnceForTheOneAlone() throws Exception {
    assertThat(logged("poison")).contains("A step failed", "FakeGenerator.fail").doesNotContain("secret");
    assertThat(events.list).hasSize(2);
  }
}
