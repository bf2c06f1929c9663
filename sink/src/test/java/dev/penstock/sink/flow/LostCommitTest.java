package dev.penstock.sink.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.sink.Samples;
import dev.penstock.sink.database.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The connection breaks between a commit and its answer, so that the sink cannot know whether its batch is stored.
/// It asks where the database stands, and neither repeats nor skips the batch.
class LostCommitTest {

  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;

  @Test
  void aBatchWhoseCommitWasNotAnsweredIsNeitherRepeatedNorSkipped() throws IOException {
    try (CommitCutter cutter = new CommitCutter();
        SinkRig rig = new SinkRig(folder, settings -> through(cutter, settings))) {
      for (int i = 0; i < 20; i++) rig.append(0, T0, Samples.text("p" + i, "text").build());
      try (RunningSink sink = rig.sink(List.of(SinkRig.content(0)))) {
        await().until(() -> rig.rows("content") == 20);
        for (int i = 20; i < 30; i++) rig.append(0, T0, Samples.text("p" + i, "text").build());
        await().until(() -> rig.rows("content") == 30);

        assertThat(cutter.hasCut()).isTrue();
        assertThat(rig.printed()).contains("sink: waiting for the database", "sink: going on");
        // The batch that was committed unknowingly is not read again: only the later ten are counted.
        await().untilAsserted(() -> assertThat(sink.counts.of(Count.ROWS_ADDED)).isEqualTo(10));
        assertThat(sink.counts.of(Count.DUPLICATES)).isZero();
      }
    }
  }

  private static DatabaseSettings through(CommitCutter cutter, DatabaseSettings direct) {
    URI address = URI.create(direct.url().substring("jdbc:".length()));
    int port = cutter.open(address.getPort());
    // Without prepared statements the word COMMIT can be seen on the wire.
    String url = direct.url().replace(":" + address.getPort(), ":" + port) + "&prepareThreshold=0";
    return new DatabaseSettings(url, direct.user(), direct.password());
  }
}
