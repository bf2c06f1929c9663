package dev.penstock.sink.console;

import dev.penstock.schemas.Modality;
import dev.penstock.sink.database.ContentFilter;
import dev.penstock.sink.database.PageKey;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What an address asks for: `campaign`, `modality`, `model`, `tenant`, `prompt`, and `after` for the next page.
record ContentSearch(ContentFilter filter, @Nullable PageKey after) {

  /// @throws BadRequestResponse naming what is not allowed
  static ContentSearch of(Context context) {
    ContentFilter filter =
        new ContentFilter(
            Pages.parameter(context, "campaign"),
            modality(Pages.parameter(context, "modality")),
            Pages.parameter(context, "model"),
            Pages.parameter(context, "tenant"),
            Pages.parameter(context, "prompt"));
    String after = Pages.parameter(context, "after");
    return new ContentSearch(filter, after == null ? null : pageKey(after));
  }

  private static @Nullable String modality(@Nullable String name) {
    if (name == null || Arrays.stream(Modality.values()).anyMatch(known -> known.name().equals(name))) return name;
    throw new BadRequestResponse(
        "modality is '%s', allowed are %s".formatted(name, Arrays.toString(Modality.values())));
  }

  private static PageKey pageKey(String after) {
    return PageKey.parse(after)
        .orElseThrow(() -> new BadRequestResponse("after is '%s', allowed is what an earlier page named".formatted(after)));
  }

  /// The address of the same search from another place on.
  String addressFrom(String key) {
    StringBuilder address = new StringBuilder("/?after=").append(encode(key));
    append(address, "campaign", filter.campaign());
    append(address, "modality", filter.modality());
    append(address, "model", filter.model());
    append(address, "tenant", filter.tenant());
    append(address, "prompt", filter.promptId());
    return address.toString();
  }

  private static void append(StringBuilder address, String name, @Nullable String value) {
    if (value != null) address.append('&').append(name).append('=').append(encode(value));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
