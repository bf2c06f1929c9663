package dev.penstock.sink;

import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.ModelReference;
import dev.penstock.schemas.Timings;
import dev.penstock.schemas.Usage;
import dev.penstock.sink.arrival.Arrival;
import dev.penstock.sink.arrival.ContentArrival;
import dev.penstock.sink.arrival.OutcomeArrival;
import dev.penstock.sink.console.Console;
import dev.penstock.sink.console.ConsoleSettings;
import dev.penstock.sink.database.ContentDatabase;
import dev.penstock.sink.database.Database;
import dev.penstock.sink.database.DatabaseSettings;
import dev.penstock.sink.database.StoredOffset;
import dev.penstock.sink.gallery.GalleryFile;
import dev.penstock.sink.objects.BodyKeeper;
import dev.penstock.sink.objects.ExportFolder;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// Shows the console with sample content, for people who work on it: run it, open the printed address, stop it with
/// Enter. Writes the same content as a gallery file too.
public final class ConsolePreview {

  private static final String[] SLOGANS = {
    "Warm feet, brave mornings.",
    "The mug that remembers the mountain.",
    "Built for rain. Worn in the sun.",
    "Your desk, minus the noise.",
    "Every mile begins at the kitchen table.",
    "Light enough to forget. Strong enough not to.",
    "Sleep like the tide went out.",
    "Small kitchen. Enormous breakfast.",
    "Meet the trail runner that does not care what the forecast says: a woven upper that drains in seconds, a plate"
        + " that keeps its spring for a thousand kilometres, and a heel that forgives the last one. Available in four"
        + " colours from the first of March, in half sizes, with free returns for a hundred days.",
    "<script>document.title = 'broken'</script><img src=x onerror=alert(1)>",
    "Ein Rucksack, der morgens schon weiß, wohin es geht.",
    "قهوة تشبه صباحك الأول."
  };

  private ConsolePreview() {}

  /// @param arguments the folder for objects and the gallery file, then the port
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    ObjectStore store = ObjectStore.open(folder.resolve("objects").toUri());
    List<ContentGenerated> contents = contents();
    DatabaseSettings settings = TestPostgres.newDatabase();
    try (Database database = new Database(settings)) {
      fill(database, store, contents);
      GalleryFile.write(folder.resolve("gallery.html"), "Spring collection", contents, store);
      ConsoleSettings console = new ConsoleSettings("127.0.0.1", Integer.parseInt(arguments[1]), "");
      try (Console running = Console.start(console, database, store)) {
        System.out.println("console at " + running.uri());
        System.in.read();
      }
    }
    System.exit(0);
  }

  private static void fill(Database database, ObjectStore store, List<ContentGenerated> contents) {
    List<Arrival> arrivals = new ArrayList<>();
    for (ContentGenerated content : contents) {
      ConsumerRecord<byte[], byte[]> record =
          new ConsumerRecord<>("penstock.content.v1", arrivals.size() % 6, arrivals.size(), new byte[0], new byte[0]);
      arrivals.add(new ContentArrival(record, UUID.fromString(content.getContentId()), content));
      arrivals.add(
          new OutcomeArrival(
              record,
              Samples.outcome(content.getPromptId(), arrivals.size())
                  .setRequestedAt(content.getTimings().getRequestedAt())
                  .setEndedAt(content.getTimings().getCompletedAt())
                  .build()));
    }
    arrivals.add(rejected(arrivals.size()));
    ContentDatabase writer = new ContentDatabase(database);
    writer.begin(Map.of(new TopicPartition("penstock.content.v1", 0), new StoredOffset(Uuid.randomUuid(), 1)));
    writer.write(new BodyKeeper(store, ExportFolder.off()).keep(arrivals), List.of());
  }

  private static OutcomeArrival rejected(int offset) {
    return new OutcomeArrival(
        new ConsumerRecord<>("penstock.outcomes.v1", 0, offset, new byte[0], new byte[0]),
        Samples.outcome("prompt-too-hot", offset)
            .setOutcome(dev.penstock.schemas.Outcome.REJECTED)
            .setContentIds(List.of())
            .setReason("PARAMETER_OUT_OF_RANGE")
            .setMessage("temperature is 9, allowed is 0 to 2 for model tiny-copywriter@1.0.0")
            .setRequestedAt(Instant.now().minusMillis(900))
            .setEndedAt(Instant.now().minusMillis(880))
            .build());
  }

  private static List<ContentGenerated> contents() throws IOException {
    Random random = new Random(4);
    List<ContentGenerated> contents = new ArrayList<>();
    for (int i = 0; i < 26; i++) contents.add(content(i, random));
    return contents;
  }

  private static ContentGenerated content(int i, Random random) throws IOException {
    Instant completed = Instant.now().minusSeconds(4 + i * i * 3L);
    long millis = 220 + random.nextInt(1400);
    boolean isText = i % 3 == 0 || i == 10 || i == 13;
    String id = "prompt-%04d".formatted(i);
    ContentGenerated.Builder content =
        isText
            ? Samples.text(id, SLOGANS[(i / 2) % SLOGANS.length])
            : Samples.picture(id, i % 3 == 1 ? product(random, 256) : garment(random));
    if (!isText)
      content.setModel(
          new ModelReference(i % 3 == 1 ? "product-diffusion" : "fashion-gan", "1.0.0", "a1b2c3d4".repeat(8)));
    if (!isText) content.setUsage(new Usage(0, 0, i % 3 == 1 ? 65_536L : 784L, i % 3 == 1 ? 20 : 1));
    if (i % 4 == 1) content.setAlternates(alternates(isText, random));
    if (i % 5 == 4) content.setReviewState("approved");
    return content
        .setModality(isText ? Modality.TEXT : Modality.IMAGE)
        .setCampaign(i % 7 == 6 ? null : i % 2 == 0 ? "spring-2027" : "home-office")
        .setScores(Map.of("relevance", 0.55 + random.nextDouble() * 0.4, "variety", 0.3 + random.nextDouble() * 0.6))
        .setTimings(
            new Timings(completed.minusMillis(millis), completed, millis * 90, millis * 720, millis * 60))
        .build();
  }

  private static List<Alternate> alternates(boolean isText, Random random) throws IOException {
    List<Alternate> alternates = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] body =
          isText ? ("Another way to say it, number " + (i + 1) + ".").getBytes(StandardCharsets.UTF_8) : product(random, 256);
      alternates.add(
          Alternate.newBuilder()
              .setMediaType(isText ? "text/plain" : "image/png")
              .setBody(ByteBuffer.wrap(body))
              .setBodySha256(Samples.sha256(body))
              .setScores(Map.of("relevance", 0.8 - 0.17 * i))
              .build());
    }
    return alternates;
  }

  /// A mug, a lamp or a bag in flat colours.
  private static byte[] product(Random random, int size) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    float hue = random.nextFloat();
    g.setPaint(
        new GradientPaint(
            0, 0, Color.getHSBColor(hue, .12f, .98f), size, size, Color.getHSBColor(hue + .08f, .32f, .86f)));
    g.fillRect(0, 0, size, size);
    g.scale(size / 100.0, size / 100.0);
    g.setColor(new Color(0, 0, 0, 36));
    g.fillOval(24, 76, 56, 10);
    g.setColor(Color.getHSBColor(hue + .5f, .62f, .72f));
    int kind = random.nextInt(3);
    if (kind == 0) {
      g.setStroke(new BasicStroke(6));
      g.drawArc(60, 42, 22, 24, -100, 200);
      g.fill(new RoundRectangle2D.Double(28, 34, 40, 46, 12, 12));
    } else if (kind == 1) {
      Path2D shade = new Path2D.Double();
      shade.moveTo(38, 22);
      shade.lineTo(62, 22);
      shade.lineTo(74, 50);
      shade.lineTo(26, 50);
      shade.closePath();
      g.fill(shade);
      g.fillRect(48, 50, 4, 28);
      g.fillRoundRect(36, 76, 28, 5, 4, 4);
    } else {
      g.setStroke(new BasicStroke(5));
      g.drawArc(36, 22, 28, 34, 0, 180);
      g.fill(new RoundRectangle2D.Double(24, 40, 52, 41, 8, 8));
    }
    g.setColor(new Color(255, 255, 255, 60));
    g.fill(new RoundRectangle2D.Double(33, 44, 5, 26, 5, 5));
    g.dispose();
    return png(image);
  }

  /// 28 x 28 grey levels, as the fashion models make them.
  private static byte[] garment(Random random) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    int sleeve = 3 + random.nextInt(4);
    int waist = 7 + random.nextInt(3);
    for (int y = 3; y < 26; y++)
      for (int x = 0; x < 28; x++) {
        boolean isBody = x >= waist && x < 28 - waist && y > 3;
        boolean isSleeve = y < 12 && x >= sleeve + y / 3 - 3 && x < 28 - sleeve - y / 3 + 3;
        if (!isBody && !isSleeve) continue;
        int level = Math.clamp(150 + (int) (30 * Math.sin(x * .9)) + random.nextInt(40), 0, 255);
        image.getRaster().setSample(x, y, 0, level);
      }
    return png(image);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
