package dev.penstock.generators.text.template.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of the template language: exactly these kinds, with Python's meaning.
public sealed interface Value {
  /// What Python's `type()` calls it, for error sentences.
  String typeName();

  /// Whether it counts as true in a condition: everything does but what is empty, zero, false, none or undefined.
  default boolean isTrue() {
    return true;
  }

  enum None implements Value {
    NONE;

    @Override
    public String typeName() {
      return "none";
    }

    @Override
    public boolean isTrue() {
      return false;
    }
  }

  /// A name, attribute or element that is not there: prints as nothing, loops as nothing, and fails on anything else.
  ///
  /// @param description what was looked for, such as `'tools'` or `element 3`
  record Undefined(String description) implements Value {
    public static Undefined named(String name) {
      return new Undefined("'" + name + "'");
    }

    @Override
    public String typeName() {
      return "undefined";
    }

    @Override
    public boolean isTrue() {
      return false;
    }
  }

  enum Bool implements Value {
    FALSE,
    TRUE;

    public static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public String typeName() {
      return "bool";
    }

    @Override
    public boolean isTrue() {
      return this == TRUE;
    }
  }

  /// A whole number of 64 bits; what does not fit is an error, not a wrap.
  record Int(long value) implements Value {
    @Override
    public String typeName() {
      return "int";
    }

    @Override
    public boolean isTrue() {
      return value != 0;
    }
  }

  record Real(double value) implements Value {
    @Override
    public String typeName() {
      return "float";
    }

    @Override
    public boolean isTrue() {
      return value != 0;
    }
  }

  record Text(String value) implements Value {
    public static final Text EMPTY = new Text("");

    @Override
    public String typeName() {
      return "str";
    }

    @Override
    public boolean isTrue() {
      return !value.isEmpty();
    }
  }

  /// A finished run of values. Python keeps lists, tuples, ranges and dictionary views apart, so the kind is kept.
  ///
  /// @param items taken as they are: builders hand over a list that nobody changes afterwards
  record Listing(Kind kind, List<Value> items) implements Value {
    public enum Kind {
      LIST("list"),
      TUPLE("tuple"),
      RANGE("range"),
      KEYS("dict_keys"),
      VALUES("dict_values"),
      ITEMS("dict_items");

      private final String typeName;

      Kind(String typeName) {
        this.typeName = typeName;
      }
    }

    public Listing {
      items = Collections.unmodifiableList(items);
    }

    public static Listing list(List<Value> items) {
      return new Listing(Kind.LIST, items);
    }

    public static Listing tuple(List<Value> items) {
      return new Listing(Kind.TUPLE, items);
    }

    /// Whether elements have numbers: views of a dictionary can only be walked.
    public boolean isIndexed() {
      return kind == Kind.LIST || kind == Kind.TUPLE || kind == Kind.RANGE;
    }

    @Override
    public String typeName() {
      return kind.typeName;
    }

    @Override
    public boolean isTrue() {
      return !items.isEmpty();
    }
  }

  /// A dictionary in the order of insertion.
  ///
  /// @param entries keys are texts, numbers, booleans or none (see [Dictionaries#key])
  record Dict(Map<Value, Value> entries) implements Value {
    public Dict {
      entries = Collections.unmodifiableMap(entries);
    }

    @Override
    public String typeName() {
      return "dict";
    }

    @Override
    public boolean isTrue() {
      return !entries.isEmpty();
    }
  }

  /// What filters such as `map` and `selectattr` give: walked once, always true, without length or numbers.
  final class Generator implements Value {
    private final List<Value> items;
    private int next;

    public Generator(List<Value> items) {
      this.items = items;
    }

    public boolean hasNext() {
      return next < items.size();
    }

    public Value next() {
      return items.get(next++);
    }

    @Override
    public String typeName() {
      return "generator";
    }
  }

  /// The only value whose attributes a template may set.
  final class Namespace implements Value {
    private final Map<String, Value> attributes;

    public Namespace(Map<String, Value> attributes) {
      this.attributes = new LinkedHashMap<>(attributes);
    }

    public Value get(String name) {
      Value value = attributes.get(name);
      return value != null ? value : Undefined.named(name);
    }

    public void set(String name, Value value) {
      attributes.put(name, value);
    }

    @Override
    public String typeName() {
      return "namespace";
    }
  }

  /// The variable `loop` of one iteration.
  ///
  /// @param items what the loop runs over
  /// @param index where it stands, from 0
  record Loop(List<Value> items, int index) implements Value {
    @Override
    public String typeName() {
      return "loop";
    }
  }

  /// A macro, a method or a global function.
  record Function(String name, Body body) implements Value {
    @FunctionalInterface
    public interface Body {
      Value call(Arguments arguments);
    }

    @Override
    public String typeName() {
      return "function";
    }
  }
}
