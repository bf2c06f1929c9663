package dev.penstock.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running process is found by its announcement; one that ended, in order or not, is not.
class AnnouncementTest {

  @TempDir Path folder;

  @Test
  void aProcessIsFoundWhileItRuns() throws IOException {
    Path instances = Announcement.folder(Map.of("PENSTOCK_CACHE", folder.toString()));
    try (Announcement _ = Announcement.of(instances, 4711)) {
      assertThat(Announcement.all(instances)).containsExactly(URI.create("http://127.0.0.1:4711"));
    }
    assertThat(Announcement.all(instances)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path left = Files.writeString(folder.resolve(ended.pid() + "-1.url"), "http://127.0.0.1:1");
    assertThat(Announcement.all(folder)).isEmpty();
    assertThat(left).doesNotExist();
  }

  @Test
  void nobodyIsThereWithoutAFolder() throws IOException {
    assertThat(Announcement.all(folder.resolve("none"))).isEmpty();
  }
}
