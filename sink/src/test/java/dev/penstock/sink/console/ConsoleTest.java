package dev.penstock.sink.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.runtime.UserError;
import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Outcome;
import dev.penstock.sink.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The console shows what is in the database, newest first, to whoever may look; what prompts and models wrote is
/// shown and never run.
class ConsoleTest {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

  @TempDir Path folder;

  ConsoleRig rig;

  @BeforeEach
  void open() {
    rig = new ConsoleRig(folder, new ConsoleSettings("127.0.0.1", 0, ""));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void showsContentNewestFirstWithTheLabelNextToIt() throws Exception {
    rig.store(at("older", 1), at("newer", 2));

    String page = rig.get("/").body();

    assertThat(page.indexOf("text of newer")).isPositive().isLessThan(page.indexOf("text of older"));
    assertThat(page.split("AI generated</span>", -1)).hasSize(3);
    assertThat(page).contains("tiny-copywriter", "480 ms", "relevance", "0.83", "spring");
  }

  @Test
  void filtersByCampaignModalityAndModel() throws Exception {
    rig.store(
        Samples.text("a", "wanted words").setCampaign("autumn & more").build(),
        Samples.text("b", "other words").build(),
        Samples.picture("c", PNG).setCampaign("autumn & more").build());

    String page = rig.get("/?campaign=autumn+%26+more&modality=TEXT&model=tiny-copywriter").body();

    assertThat(page).contains("wanted words").doesNotContain("other words").doesNotContain("<img");
    assertThat(page).contains("<option value=\"autumn &amp; more\" selected>");
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() throws Exception {
    ContentGenerated[] all = new ContentGenerated[5];
    for (int i = 0; i < 5; i++) all[i] = at("p" + i, 7); // all at the same instant: the id decides
    rig.store(all);

    JsonNode first = rig.json("/api/content?limit=3");
    JsonNode second = rig.json("/api/content?limit=3&after=" + first.path("after").asText());

    assertThat(first.path("items")).hasSize(3);
    assertThat(second.path("items")).hasSize(2);
    assertThat(second.path("after").isNull()).isTrue();
    assertThat(first.path("items").findValuesAsText("promptId"))
        .doesNotContainAnyElementsOf(second.path("items").findValuesAsText("promptId"));
  }

  @Test
  void theDetailPageHasTheWholeProvenance() throws Exception {
    byte[] other = "The other candidate.".getBytes(StandardCharsets.UTF_8);
    Alternate alternate =
        Alternate.newBuilder()
            .setMediaType("text/plain")
            .setBody(ByteBuffer.wrap(other))
            .setBodySha256(Samples.sha256(other))
            .setScores(Map.of("relevance", 0.41))
            .build();
    rig.store(Samples.text("p1", "The chosen one.").setAlternates(List.of(alternate)).build());
    rig.store(Samples.outcome("p1", 42).build());

    String page = rig.get("/content/" + Ids.contentId("p1", 0)).body();

    assertThat(page)
        .contains("The chosen one.", "The other candidate.", "0.41")
        .contains("penstock.prompts.v1-0@42", "penstock.content.v1-0@0")
        .contains("d".repeat(64), Long.toString(Ids.seedOf("p1")), "temperature", "topP")
        .contains("12 ms", "310 ms", "4 ms", "154 ms");
  }

  @Test
  void theApiGivesTheRecordWithExactSeedsAndTheAddressOfItsBody() throws Exception {
    rig.store(Samples.picture("p1", PNG).build());

    JsonNode content = rig.json("/api/content/" + Ids.contentId("p1", 0));

    assertThat(content.path("seed").textValue()).isEqualTo(Long.toString(Ids.seedOf("p1")));
    assertThat(content.path("model").path("name").asText()).isEqualTo("tiny-copywriter");
    assertThat(content.path("timings").path("latencyMillis").asLong()).isEqualTo(480);
    assertThat(content.path("record").path("topic").asText()).isEqualTo("penstock.content.v1");
    HttpResponse<byte[]> body = rig.bytes(content.path("body").path("url").asText());
    assertThat(body.body()).isEqualTo(PNG);
    assertThat(body.headers().firstValue("Content-Type")).hasValue("image/png");
  }

  @Test
  void listsOutcomesByPromptAndKind() throws Exception {
    rig.store(Samples.outcome("p1", 1).build());
    rig.store(
        Samples.outcome("p2", 2)
            .setOutcome(Outcome.REJECTED)
            .setContentIds(List.of())
            .setReason("KEY_MISMATCH")
            .setMessage("the key is not the prompt id")
            .build());

    JsonNode rejected = rig.json("/api/outcomes?outcome=REJECTED").path("items");

    assertThat(rejected).hasSize(1);
    assertThat(rejected.get(0).path("source").path("offset").asLong()).isEqualTo(2);
    assertThat(rig.json("/api/outcomes?prompt=p1").path("items")).hasSize(1);
    assertThat(rig.get("/outcomes").body()).contains("the key is not the prompt id", "completed", "rejected");
  }

  @Test
  void nothingThatAPromptOrAModelWroteIsMarkup() throws Exception {
    rig.store(
        Samples.text("p1", HOSTILE)
            .setPromptId(HOSTILE)
            .setCampaign(HOSTILE)
            .setTenant(HOSTILE)
            .setParameters(Map.of(HOSTILE, HOSTILE))
            .setScores(Map.of(HOSTILE, 0.5))
            .setReviewState(HOSTILE)
            .build());

    for (String path : List.of("/", "/content/" + Ids.contentId("p1", 0))) {
      HttpResponse<String> page = rig.get(path);
      assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script>alert").doesNotContain("<img src=x");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }
  }

  @Test
  void bodiesAreNeverDocuments() throws Exception {
    byte[] html = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    rig.store(
        Samples.picture("svg", html).setMediaType("image/svg+xml").build(),
        Samples.text("html", "<script>alert(1)</script>").setMediaType("text/html").build());

    HttpResponse<byte[]> svg = rig.bytes("/bodies/" + Ids.contentId("svg", 0));
    HttpResponse<byte[]> text = rig.bytes("/bodies/" + Ids.contentId("html", 0));

    assertThat(svg.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(svg.headers().firstValue("Content-Disposition")).hasValue("attachment");
    assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(text.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("sandbox");
  }

  @Test
  @Timeout(20)
  void tellsAnOpenPageThatSomethingArrived() throws Exception {
    HttpRequest follow =
        HttpRequest.newBuilder(rig.console.uri().resolve("/api/live?version=0"))
            .header("Accept", "text/event-stream")
            .build();
    var lines = rig.http.send(follow, HttpResponse.BodyHandlers.ofInputStream()).body();
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      rig.moveOffsets(17);

      assertThat(reader.lines().takeWhile(line -> !line.equals("data: 17"))).contains("id: 17", "event: changed");
    }
  }

  @Test
  void saysInOneSentenceWhatIsNotThereOrNotAllowed() throws Exception {
    assertThat(rig.get("/content/nothing").statusCode()).isEqualTo(404);
    assertThat(rig.get("/nowhere").body()).contains("There is no such page.");
    assertThat(rig.json("/api/content?limit=9999").path("error").asText())
        .isEqualTo("limit is '9999', allowed is 1 to 500");
    assertThat(rig.json("/api/content?modality=SMELL").path("error").asText()).startsWith("modality is 'SMELL', allowed are");
    assertThat(rig.json("/api/content?after=x").path("error").asText()).startsWith("after is 'x'");
  }

  @Test
  void answersWithoutTokenUnderLoopbackNamesOnly() throws Exception {
    assertThat(rig.statusWithHost("localhost:" + rig.console.uri().getPort())).isEqualTo(200);
    assertThat(rig.statusWithHost("evil.example")).isEqualTo(403);
  }

  @Test
  void anAddressThatOthersReachNeedsAToken() {
    assertThatThrownBy(() -> new ConsoleSettings("0.0.0.0", 8090, ""))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "console.host is 0.0.0.0, which other machines can reach: set console.token (16 characters or more) or console.host=127.0.0.1");
    assertThatThrownBy(() -> new ConsoleSettings("0.0.0.0", 8090, "short")).isInstanceOf(UserError.class);
    assertThat(new ConsoleSettings("0.0.0.0", 8090, "0123456789abcdef").toString()).doesNotContain("0123456789abcdef");
  }

  @Test
  void aTokenIsAskedForEverywhereAndKeptAsCookie() throws Exception {
    String token = "0123456789abcdef";
    try (ConsoleRig guarded = new ConsoleRig(folder, new ConsoleSettings("127.0.0.1", 0, token))) {
      for (String path : List.of("/", "/api/content", "/api/live", "/assets/gallery.css", "/bodies/" + Ids.contentId("p", 0)))
        assertThat(guarded.get(path).statusCode()).as(path).isEqualTo(401);
      assertThat(guarded.get("/", "Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
      assertThat(guarded.get("/", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);

      HttpResponse<String> entered = guarded.get("/?token=" + token);
      String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(entered.statusCode()).isEqualTo(302);
      assertThat(cookie).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Strict");
      assertThat(guarded.get("/", "Cookie", cookie.split(";")[0]).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysWhichPortIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      ConsoleSettings taken = new ConsoleSettings("127.0.0.1", other.getLocalPort(), "");
      assertThatThrownBy(() -> Console.start(taken, rig.database, rig.objects))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("console.port");
    }
  }

  private static ContentGenerated at(String promptId, int seconds) {
    var timings =
        new dev.penstock.schemas.Timings(
            Samples.REQUESTED.plusSeconds(seconds),
            Samples.REQUESTED.plusSeconds(seconds).plusMillis(480),
            1_000L,
            2_000L,
            3_000L);
    return Samples.text(promptId, "text of " + promptId).setTimings(timings).build();
  }
}
