package dev.penstock.sink.gallery;

import dev.penstock.schemas.ContentGenerated;
import dev.penstock.sink.database.StoredContent;
import java.time.Duration;
import java.util.Locale;

/// One piece of content among others: the content with the badge that says what it is, and below it what made it.
public final class Card {

  private final BodyAddresses addresses;

  public Card(BodyAddresses addresses) {
    this.addresses = addresses;
  }

  /// @param link where a click leads
  /// @param more what stands inside the card after its foot
  public Html of(StoredContent stored, String link, Html more) {
    ContentGenerated content = stored.content();
    Body body = body(stored);
    return Html.of(
        """
        <article class="card {}{}" id="c-{}" data-modality="{}" data-campaign="{}" data-model="{}">
        <div class="face">{}<a class="cover" href="{}" aria-label="{}"></a>{}{}</div>
        {}{}
        </article>
        """,
        kind(content),
        body.length(),
        content.getContentId(),
        content.getModality(),
        content.getCampaign() == null ? "" : content.getCampaign(),
        content.getModel().getName(),
        badge(content),
        link,
        "Details of " + body.description(),
        body.show(),
        alternates(content),
        foot(content),
        more);
  }

  /// What a page about one piece says on top.
  public Html heading(StoredContent stored) {
    ContentGenerated content = stored.content();
    return Html.of(
        "<div class=\"intro\"><h1>{} by {}</h1><p>{}{}</p></div>",
        noun(content).substring(0, 1).toUpperCase(Locale.ROOT) + noun(content).substring(1),
        content.getModel().getName(),
        content.getCampaign() == null ? "" : content.getCampaign() + ", ",
        Formats.time(content.getTimings().getCompletedAt()));
  }

  /// The content alone, large, with its badge.
  public Html large(StoredContent stored) {
    Body body = body(stored);
    return Html.of(
        "<div class=\"face {}{}\">{}{}</div>",
        kind(stored.content()),
        body.length(),
        badge(stored.content()),
        body.show());
  }

  private Body body(StoredContent stored) {
    ContentGenerated content = stored.content();
    return new Body(
        content.getMediaType(), content.getBody(), addresses.body(stored), description(content));
  }

  private static String kind(ContentGenerated content) {
    return content.getModality().name().toLowerCase(Locale.ROOT);
  }

  private static String description(ContentGenerated content) {
    String campaign = content.getCampaign() == null ? "" : " for campaign " + content.getCampaign();
    return "AI generated %s%s by %s".formatted(noun(content), campaign, content.getModel().getName());
  }

  private static String noun(ContentGenerated content) {
    return switch (content.getModality()) {
      case TEXT -> "text";
      case IMAGE -> "picture";
      case AUDIO -> "sound";
      case VIDEO -> "video";
      case UNKNOWN -> "content";
    };
  }

  /// The label that has to stand near the content itself; says more where the content is marked or held.
  private static Html badge(ContentGenerated content) {
    Html review =
        content.getReviewState() == null
            ? Html.NOTHING
            : Html.of("<span class=\"badge review\">{}</span>", content.getReviewState());
    return Html.of(
        "<div class=\"badges\"><span class=\"badge ai\" title=\"Made by a model, not by a person\">AI generated</span>{}</div>",
        review);
  }

  private static Html foot(ContentGenerated content) {
    return Html.of(
        """
        <footer>
        <div class="line"><strong>{}</strong>{}</div>
        <div class="line facts"><span title="Prompt to content">{}</span><span title="Seed {}">seed {}</span>{}</div>
        {}
        </footer>""",
        content.getModel().getName(),
        campaign(content),
        Formats.duration(latency(content)),
        content.getSeed(),
        shortSeed(content.getSeed()),
        Formats.time(content.getTimings().getCompletedAt()),
        Scores.of(content.getScores(), 2));
  }

  static Duration latency(ContentGenerated content) {
    return Duration.between(content.getTimings().getRequestedAt(), content.getTimings().getCompletedAt());
  }

  private static String shortSeed(long seed) {
    String digits = Long.toString(seed);
    return digits.length() <= 9 ? digits : digits.substring(0, 4) + "…" + digits.substring(digits.length() - 3);
  }

  private static Html alternates(ContentGenerated content) {
    int count = content.getAlternates().size();
    if (count == 0) return Html.NOTHING;
    return Html.of(
        "<span class=\"badge count\" title=\"Candidates that were not chosen\">+{} alternate{}</span>",
        count,
        count == 1 ? "" : "s");
  }

  private static Html campaign(ContentGenerated content) {
    if (content.getCampaign() == null) return Html.NOTHING;
    return Html.of("<span class=\"tag\" title=\"Campaign\">{}</span>", content.getCampaign());
  }
}
