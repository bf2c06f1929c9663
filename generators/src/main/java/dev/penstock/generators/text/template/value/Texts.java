package dev.penstock.generators.text.template.value;

import dev.penstock.generators.text.template.value.Value.Bool;
import dev.penstock.generators.text.template.value.Value.Dict;
import dev.penstock.generators.text.template.value.Value.Int;
import dev.penstock.generators.text.template.value.Value.Listing;
import dev.penstock.generators.text.template.value.Value.Real;
import dev.penstock.generators.text.template.value.Value.Text;
import dev.penstock.generators.text.template.value.Value.Undefined;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// How values read when a template prints them: Python's `str()`, and `repr()` inside lists and dictionaries.
public final class Texts {
  private static final HexFormat HEX = HexFormat.of();

  private Texts() {}

  public static String of(Value value, Budget budget) {
    return switch (value) {
      case Text(String text) -> text;
      case Undefined _ -> "";
      case Value other -> {
        StringBuilder text = new StringBuilder();
        write(other, text, budget);
        yield text.toString();
      }
    };
  }

  private static void write(Value value, StringBuilder text, Budget budget) {
    budget.descend();
    int before = text.length();
    switch (value) {
      case Text(String content) -> quote(content, text, budget);
      case Undefined _ -> text.append("Undefined");
      case Value.None _ -> text.append("None");
      case Bool flag -> text.append(flag.isTrue() ? "True" : "False");
      case Int(long number) -> text.append(number);
      case Real(double number) -> text.append(Numbers.text(number));
      case Listing listing -> writeListing(listing, text, budget);
      case Dict dict -> writeDict(dict, text, budget);
      case Value other -> throw ValueError.of("%s has no text.".formatted(Sequences.describe(other)));
    }
    budget.characters(text.length() - before);
    budget.ascend();
  }

  private static void writeListing(Listing listing, StringBuilder text, Budget budget) {
    switch (listing.kind()) {
      case LIST -> writeItems("[", listing.items(), "]", text, budget);
      case TUPLE -> writeItems("(", listing.items(), listing.items().size() == 1 ? ",)" : ")", text, budget);
      case KEYS, VALUES, ITEMS -> writeItems(listing.typeName() + "([", listing.items(), "])", text, budget);
      case RANGE -> throw ValueError.of("a range has no text; make it a list first.");
    }
  }

  private static void writeItems(String open, List<Value> items, String close, StringBuilder text, Budget budget) {
    text.append(open);
    String separator = "";
    for (Value item : items) {
      text.append(separator);
      write(item, text, budget);
      separator = ", ";
    }
    text.append(close);
  }

  private static void writeDict(Dict dict, StringBuilder text, Budget budget) {
    text.append('{');
    String separator = "";
    for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
      text.append(separator);
      write(entry.getKey(), text, budget);
      text.append(": ");
      write(entry.getValue(), text, budget);
      separator = ", ";
    }
    text.append('}');
  }

  private static void quote(String content, StringBuilder text, Budget budget) {
    budget.characters(content.length());
    char quote = content.indexOf('\'') >= 0 && content.indexOf('"') < 0 ? '"' : '\'';
    text.append(quote);
    content.codePoints().forEach(point -> {
      switch (point) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        default -> {
          if (point == quote) {
            text.append('\\').append(quote);
          } else if (isPrintable(point)) {
            text.appendCodePoint(point);
          } else {
            escape(point, text);
          }
        }
      }
    });
    text.append(quote);
  }

  private static void escape(int point, StringBuilder text) {
    int digits = point < 0x100 ? 2 : point < 0x10000 ? 4 : 8;
    text.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
    text.append(HEX.toHexDigits(point, digits));
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }
}
