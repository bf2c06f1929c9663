package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Generator;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Walking, counting, indexing and slicing. Texts count in code points, as in Python, not in UTF-16 characters.
public final class Sequences {
  private static final Text[] LATIN =
      IntStream.range(0, 256).mapToObj(point -> new Text(Character.toString(point))).toArray(Text[]::new);

  private Sequences() {}

  /// What a loop over `value` visits; a generator is used up by it.
  public static List<Value> walk(Value value, Budget budget) {
    List<Value> items = switch (value) {
      case Listing listing -> listing.items();
      case Dict dict -> new ArrayList<>(dict.entries().keySet());
      case Text text -> codePoints(text.value(), budget);
      case Undefined _ -> List.of();
      case Generator generator -> {
        List<Value> rest = new ArrayList<>();
        while (generator.hasNext()) {
          rest.add(generator.next());
        }
        yield rest;
      }
      case Value other -> throw ValueError.of("%s cannot be walked.".formatted(describe(other)));
    };
    budget.elements(items.size());
    return items;
  }

  /// The first element without using up the rest, or null.
  public static @Nullable Value first(Value value, Budget budget) {
    if (value instanceof Generator generator) {
      return generator.hasNext() ? generator.next() : null;
    }
    List<Value> items = walk(value, budget);
    return items.isEmpty() ? null : items.getFirst();
  }

  public static int length(Value value, Budget budget) {
    return switch (value) {
      case Listing listing -> listing.items().size();
      case Dict dict -> dict.entries().size();
      case Text text -> {
        budget.characters(text.value().length());
        yield text.value().codePointCount(0, text.value().length());
      }
      case Undefined _ -> 0;
      case Value other -> throw ValueError.of("%s has no length.".formatted(describe(other)));
    };
  }

  /// Element `index`, counted from the end if negative; null if there is none.
  public static @Nullable Value element(Value value, long index, Budget budget) {
    int length = length(value, budget);
    long place = index < 0 ? index + length : index;
    if (place < 0 || place >= length) {
      return null;
    }
    return switch (value) {
      case Listing listing -> listing.items().get((int) place);
      case Text(String text) -> new Text(substring(text, (int) place, (int) place + 1));
      case Value other -> throw ValueError.of("%s has no numbered elements.".formatted(describe(other)));
    };
  }

  /// `value[start:stop:step]` for a text, list, tuple or range.
  public static Value slice(Value value, Value start, Value stop, Value step, Budget budget) {
    if (!(value instanceof Text || value instanceof Listing listing && listing.isIndexed())) {
      throw ValueError.of("%s cannot be sliced.".formatted(describe(value)));
    }
    int length = length(value, budget);
    long by = bound(step, 1);
    if (by == 0) {
      throw ValueError.of("the step of a slice must not be 0.");
    }
    long lowest = by > 0 ? 0 : -1;
    long highest = by > 0 ? length : length - 1L;
    long from = clip(start, by > 0 ? lowest : highest, length, lowest, highest);
    long to = clip(stop, by > 0 ? highest : lowest, length, lowest, highest);
    if (by == 1 && value instanceof Text(String text)) {
      return new Text(from < to ? substring(text, (int) from, (int) to) : "");
    }
    return switch (value) {
      case Listing listing -> new Listing(listing.kind(), taken(listing.items(), from, to, by, budget));
      case Text(String text) -> {
        int[] points = text.codePoints().toArray();
        StringBuilder taken = new StringBuilder();
        for (long i = from; by > 0 ? i < to : i > to; i = next(i, to, by)) {
          taken.appendCodePoint(points[(int) i]);
        }
        yield new Text(taken.toString());
      }
      case Value other -> throw ValueError.of("%s cannot be sliced.".formatted(describe(other)));
    };
  }

  private static List<Value> taken(List<Value> items, long from, long to, long by, Budget budget) {
    budget.elements(items.size());
    List<Value> taken = new ArrayList<>();
    for (long i = from; by > 0 ? i < to : i > to; i = next(i, to, by)) {
      taken.add(items.get((int) i));
    }
    return taken;
  }

  private static long next(long at, long to, long by) {
    return by > 0 ? Math.min(at + by, to) : Math.max(at + by, to);
  }

  private static long clip(Value bound, long otherwise, int length, long lowest, long highest) {
    if (bound == Value.None.NONE) {
      return otherwise;
    }
    long place = bound(bound, 0);
    return Math.clamp(place < 0 ? place + length : place, lowest, highest);
  }

  private static long bound(Value value, long otherwise) {
    return switch (value) {
      case Value.None _ -> otherwise;
      case Int(long number) -> Math.clamp(number, -(1L << 40), 1L << 40);
      case Value.Bool flag -> flag.isTrue() ? 1 : 0;
      case Value other -> throw ValueError.of(
          "the bounds of a slice must be int, not %s.".formatted(describe(other)));
    };
  }

  private static String substring(String text, int from, int to) {
    int start = text.offsetByCodePoints(0, from);
    return text.substring(start, text.offsetByCodePoints(start, to - from));
  }

  private static List<Value> codePoints(String text, Budget budget) {
    budget.elements(text.length());
    List<Value> points = new ArrayList<>();
    text.codePoints().forEach(point -> points.add(character(point)));
    return points;
  }

  private static Text character(int point) {
    return point < LATIN.length ? LATIN[point] : new Text(Character.toString(point));
  }

  /// How an error sentence names a value: its kind, or what was looked for if it is not there.
  public static String describe(Value value) {
    return value instanceof Undefined(String description)
        ? description + ", which is undefined,"
        : "a value of type " + value.typeName();
  }
}
