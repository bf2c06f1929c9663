package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Token.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The tokens ahead of both parsers, how deep they stand in them, and which names they have read.
final class TokenStream {
  private final List<Token> tokens;
  private final int maximumDepth;
  private int next;
  private int depth;
  private Set<String> namesRead = new HashSet<>();

  TokenStream(List<Token> tokens, int maximumDepth) {
    this.tokens = tokens;
    this.maximumDepth = maximumDepth;
  }

  Token peek() {
    return tokens.get(next);
  }

  Token peekSecond() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  boolean takeOperator(String operator) {
    boolean there = peek().isOperator(operator);
    if (there) {
      next++;
    }
    return there;
  }

  boolean takeName(String name) {
    boolean there = peek().isName(name);
    if (there) {
      next++;
    }
    return there;
  }

  Token expect(Kind kind, String what) {
    if (peek().kind() != kind) {
      throw unexpected(what);
    }
    return take();
  }

  void expectOperator(String operator) {
    if (!takeOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!takeName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  TemplateException unexpected(String expected) {
    return TemplateException.syntax(
        peek().position(), "expected %s but found %s.".formatted(expected, peek().shown()));
  }

  /// One level deeper in the grammar, paired with [#ascend()] unless an error ends the parsing in between.
  void descend() {
    if (++depth > maximumDepth) {
      throw TemplateException.syntax(
          peek().position(), "the template nests deeper than %d levels here.".formatted(maximumDepth));
    }
  }

  void ascend() {
    depth--;
  }

  void nameRead(String name) {
    namesRead.add(name);
  }

  /// Starts a new set of names read and answers the one before it.
  Set<String> exchangeNamesRead(Set<String> names) {
    Set<String> before = namesRead;
    namesRead = names;
    return before;
  }
}
