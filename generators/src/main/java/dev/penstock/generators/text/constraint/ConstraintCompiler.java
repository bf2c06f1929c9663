package dev.penstock.generators.text.constraint;

import dev.penstock.generators.text.constraint.expression.Budget;
import dev.penstock.generators.text.constraint.expression.CodePoints;
import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.constraint.expression.TooComplexException;
import dev.penstock.generators.text.constraint.regex.RegexException;
import dev.penstock.generators.text.constraint.regex.RegexParser;
import dev.penstock.generators.text.constraint.schema.SchemaCompiler;
import dev.penstock.generators.text.constraint.schema.SchemaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles constraints for one model and keeps the latest, up to 64 MiB of them. A schema is compiled once
/// however many prompts carry it, in some hundred milliseconds, bounded for hostile ones. Any thread; who asks for
/// what is being compiled waits for it.
public final class ConstraintCompiler {

  private static final long MAX_BYTES = 64 << 20;

  private final Path tokenizer;
  private final int vocabularySize;
  private final BitSet stops;
  private final long maxBytes;
  private final Map<Key, Constraint> known = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable TokenTrie trie;
  private Punctuation json = Punctuation.NONE;

  private record Key(boolean isSchema, String text) {}

  /// Reads nothing yet: most processes never see a constraint.
  ///
  /// @param tokenizer the model's `tokenizer.json`
  /// @param stops the tokens that end an answer
  public ConstraintCompiler(Path tokenizer, int vocabularySize, BitSet stops) {
    this(tokenizer, vocabularySize, stops, MAX_BYTES);
  }

  /// @param maxBytes how much memory all constraints may take together, about
  ConstraintCompiler(Path tokenizer, int vocabularySize, BitSet stops, long maxBytes) {
    this.tokenizer = tokenizer;
    this.vocabularySize = vocabularySize;
    this.stops = (BitSet) stops.clone();
    this.maxBytes = maxBytes;
  }

  /// Answers are compact JSON that keeps a JSON Schema.
  ///
  /// @throws ConstraintException if the schema cannot be kept; `INVALID_SCHEMA`
  public Constraint jsonSchema(String schema) throws ConstraintException {
    return constraint(new Key(true, schema));
  }

  /// Answers match a regular expression as a whole.
  ///
  /// @throws ConstraintException if the expression cannot be kept; `INVALID_PARAMETER`
  public Constraint regex(String regex) throws ConstraintException {
    return constraint(new Key(false, regex));
  }

  private synchronized Constraint constraint(Key key) throws ConstraintException {
    Constraint there = known.get(key);
    if (there != null) return there;
    Constraint made = compile(key);
    known.put(key, made);
    long bytes = known.values().stream().mapToLong(Constraint::bytes).sum();
    for (Iterator<Constraint> oldest = known.values().iterator(); bytes > maxBytes; ) {
      Constraint next = oldest.next();
      if (next == made) break;
      bytes -= next.bytes();
      oldest.remove();
    }
    return made;
  }

  private Constraint compile(Key key) throws ConstraintException {
    TokenTrie vocabulary = vocabulary();
    Budget budget = new Budget();
    try {
      SchemaCompiler.Schema schema = key.isSchema() ? SchemaCompiler.compile(key.text(), budget) : null;
      Expression language = schema != null ? schema.language() : RegexParser.whole(key.text(), CodePoints::utf8);
      if (language == Expression.EMPTY)
        throw new ConstraintException(
            "INVALID_PARAMETER", "Parameter regex matches the empty text only; an answer needs at least one character.");
      NearStates states = new NearStates(language);
      states.explore(language, budget);
      Punctuation punctuation = schema != null ? json : Punctuation.NONE;
      TokenMasks masks = new TokenMasks(vocabulary, stops, punctuation, states);
      masks.makeAhead(language);
      List<String> examples = schema != null ? schema.examples() : List.of();
      return new Constraint(language, vocabulary, stops, masks, punctuation, examples);
    } catch (SchemaException e) {
      throw new ConstraintException("INVALID_SCHEMA", "Parameter jsonSchema " + e.getMessage() + ".");
    } catch (RegexException e) {
      throw new ConstraintException("INVALID_PARAMETER", "Parameter regex: " + e.getMessage() + ".");
    } catch (TooComplexException e) {
      throw key.isSchema()
          ? new ConstraintException("INVALID_SCHEMA", "Parameter jsonSchema is too complex: " + e.getMessage() + ".")
          : new ConstraintException("INVALID_PARAMETER", "Parameter regex is too complex: " + e.getMessage() + ".");
    }
  }

  private TokenTrie vocabulary() throws ConstraintException {
    if (trie != null) return trie;
    try {
      TokenBytes tokens = TokenBytes.read(tokenizer, vocabularySize);
      json = Punctuation.of(tokens);
      trie = new TokenTrie(tokens);
      return trie;
    } catch (IOException e) {
      throw new ConstraintException(
          "INVALID_PARAMETER", "This model takes neither jsonSchema nor regex: " + e.getMessage() + ".");
    }
  }
}
