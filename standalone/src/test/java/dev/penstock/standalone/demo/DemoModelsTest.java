package dev.penstock.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo fetches nothing that is on the machine, and leaves names that it does not know to whoever loads them.
class DemoModelsTest {

  @TempDir Path cache;

  @Test
  void fetchesNoModelThatIsHere() throws InterruptedException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Map<String, String> environment =
        Map.of("PENSTOCK_HOME", System.getenv("PENSTOCK_HOME"), "PENSTOCK_CACHE", cache.toString());

    DemoModels.pullMissing("tiny-copywriter, unknown", environment, new PrintStream(printed, true, UTF_8));

    assertThat(printed.size()).isZero();
  }
}
