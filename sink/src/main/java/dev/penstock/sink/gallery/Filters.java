package dev.penstock.sink.gallery;

import dev.penstock.schemas.Modality;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The row of controls above a gallery.
///
/// @param kinds what can be chosen
/// @param campaigns what can be chosen
/// @param models what can be chosen
public record Filters(List<Modality> kinds, List<String> campaigns, List<String> models) {

  /// Every kind of content there can be.
  public static final List<Modality> ALL_KINDS = List.of(Modality.TEXT, Modality.IMAGE, Modality.AUDIO, Modality.VIDEO);

  public Filters {
    kinds = List.copyOf(kinds);
    campaigns = List.copyOf(campaigns);
    models = List.copyOf(models);
  }

  /// What is chosen; null means all.
  public record Choice(@Nullable String modality, @Nullable String campaign, @Nullable String model) {
    public static final Choice ALL = new Choice(null, null, null);
  }

  public Html html(Choice choice) {
    return Html.of(
        """
        <form class="filters" method="get" action="/">
        <fieldset class="segments"><legend>Kind</legend>{}</fieldset>
        {}{}
        <noscript><button>Show</button></noscript>
        </form>""",
        segments(choice.modality()),
        select("campaign", "All campaigns", campaigns, choice.campaign()),
        select("model", "All models", models, choice.model()));
  }

  private Html segments(@Nullable String chosen) {
    List<Html> segments = new ArrayList<>();
    segments.add(segment("", "All", chosen == null));
    for (Modality kind : kinds) segments.add(segment(kind.name(), label(kind), kind.name().equals(chosen)));
    return Html.join(segments);
  }

  private static String label(Modality kind) {
    return switch (kind) {
      case TEXT -> "Texts";
      case IMAGE -> "Pictures";
      case AUDIO -> "Sound";
      case VIDEO -> "Videos";
      case UNKNOWN -> "Other";
    };
  }

  private static Html segment(String value, String label, boolean isChosen) {
    return Html.of(
        "<label><input type=\"radio\" name=\"modality\" value=\"{}\"{}><span>{}</span></label>",
        value,
        isChosen ? new Html(" checked") : Html.NOTHING,
        label);
  }

  /// Nothing where there is nothing to choose between.
  private static Html select(String name, String all, List<String> values, @Nullable String chosen) {
    if (values.size() < 2 && chosen == null) return Html.NOTHING;
    List<Html> options = new ArrayList<>();
    options.add(Html.of("<option value=\"\">{}</option>", all));
    for (String value : values)
      options.add(
          Html.of(
              "<option value=\"{}\"{}>{}</option>",
              value,
              value.equals(chosen) ? new Html(" selected") : Html.NOTHING,
              value));
    return Html.of("<label class=\"select\"><span>{}</span><select name=\"{}\">{}</select></label>", name, name, Html.join(options));
  }
}
