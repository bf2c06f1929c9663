package dev.penstock.schemas;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page about the topics says what the code does.
class TopicsPageTest {

  @Test
  void thePageIsThatOfTodaysCatalogue() throws IOException {
    new GeneratedFile(Path.of("..", "docs", "topics.md")).check(TopicsPage.text());
  }
}
