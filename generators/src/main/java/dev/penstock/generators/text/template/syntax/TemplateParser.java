package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.syntax.Statement.Procedure;
import dev.penstock.generators.text.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads a whole template. The entry of this package.
public final class TemplateParser {
  private static final String STATEMENTS =
      "for, if, set, macro, call, filter, generation, break, continue and raw";

  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final TargetParser targets;
  private int loops;

  private TemplateParser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.targets = new TargetParser(tokens, expressions);
  }

  /// @throws TemplateException if `source` is longer, nests deeper or says something else than allowed
  public static List<Statement> parse(String source, TemplateLimits limits) {
    if (source.length() > limits.sourceCharacters()) {
      throw new TemplateException(TemplateException.Kind.LIMIT, new Position(1, 1),
          "the template has %d characters, more than the %d it may have."
              .formatted(source.length(), limits.sourceCharacters()));
    }
    List<Token> tokens = TemplateLexer.tokens(new Source(source));
    return new TemplateParser(new TokenStream(tokens, limits.sourceDepth())).template();
  }

  private List<Statement> template() {
    List<Statement> statements = body();
    tokens.expect(Kind.END, "text or a statement");
    return statements;
  }

  /// Statements up to one of `endWords`, which is left to be read, or up to the end of the template.
  private List<Statement> body(String... endWords) {
    tokens.descend();
    List<Statement> statements = new ArrayList<>();
    while (tokens.peek().kind() != Kind.END && !atBlock(endWords)) {
      Token token = tokens.take();
      statements.add(switch (token.kind()) {
        case TEXT -> new Statement.Text(token.position(), token.text());
        case PRINT_BEGIN -> print(token.position());
        default -> block(token.position());
      });
    }
    if (endWords.length > 0 && tokens.peek().kind() == Kind.END) {
      throw tokens.unexpected("'{%% %s %%}'".formatted(endWords[endWords.length - 1]));
    }
    tokens.ascend();
    return List.copyOf(statements);
  }

  private boolean atBlock(String... words) {
    return tokens.peek().kind() == Kind.BLOCK_BEGIN && tokens.peekSecond().kind() == Kind.NAME
        && List.of(words).contains(tokens.peekSecond().text());
  }

  private Statement print(Position position) {
    Expression expression = targets.tuple(expressions::expression);
    tokens.expect(Kind.PRINT_END, "'}}'");
    return new Statement.Print(position, expression);
  }

  private Statement block(Position position) {
    Token word = tokens.expect(Kind.NAME, "the name of a statement");
    return switch (word.text()) {
      case "for" -> loop(position);
      case "if" -> condition(position);
      case "set" -> assignment(position);
      case "macro" -> macro(position);
      case "call" -> callBlock(position);
      case "filter" -> filterBlock(position);
      case "generation" -> {
        endTag();
        yield new Statement.Generation(position, bodyAndEnd("endgeneration"));
      }
      case "break" -> leave(word, new Statement.Break(position));
      case "continue" -> leave(word, new Statement.Continue(position));
      default -> throw TemplateException.syntax(word.position(),
          "'%s' is no statement here; chat templates know %s.".formatted(word.text(), STATEMENTS));
    };
  }

  private Statement loop(Position position) {
    Statement.Target target = targets.loopTarget();
    tokens.expectName("in");
    Expression iterable = targets.tuple(expressions::or);
    Expression condition = tokens.takeName("if") ? expressions.expression() : null;
    endTag();
    loops++;
    List<Statement> body = body("else", "endfor");
    loops--;
    List<Statement> otherwise = takeTag("else") ? body("endfor") : List.of();
    expectTag("endfor");
    return new Statement.For(position, target, iterable, condition, body, otherwise);
  }

  private Statement condition(Position position) {
    List<Statement.If.Branch> branches = new ArrayList<>();
    List<Statement> otherwise = List.of();
    do {
      Expression condition = targets.tuple(expressions::or);
      endTag();
      branches.add(new Statement.If.Branch(condition, body("elif", "else", "endif")));
    } while (takeTagBegin("elif"));
    if (takeTag("else")) {
      otherwise = body("endif");
    }
    expectTag("endif");
    return new Statement.If(position, branches, otherwise);
  }

  private Statement assignment(Position position) {
    Statement.Target target = targets.assignmentTarget();
    if (tokens.takeOperator("=")) {
      Expression value = targets.tuple(expressions::expression);
      endTag();
      return new Statement.Assign(position, target, value);
    }
    List<Expression.FilterCall> filters = tokens.takeOperator("|") ? expressions.filters() : List.of();
    endTag();
    return new Statement.AssignBlock(position, target, filters, bodyAndEnd("endset"));
  }

  private Statement macro(Position position) {
    String name = tokens.expect(Kind.NAME, "the name of the macro").text();
    return new Statement.Macro(position, name, procedure(targets.parameters(), "endmacro"));
  }

  private Statement callBlock(Position position) {
    List<Procedure.Parameter> parameters = tokens.peek().isOperator("(") ? targets.parameters() : List.of();
    if (!(expressions.operand() instanceof Expression.Call call)) {
      throw TemplateException.syntax(position, "a call block needs a call, such as 'name()'.");
    }
    return new Statement.CallBlock(position, call, procedure(parameters, "endcall"));
  }

  private Procedure procedure(List<Procedure.Parameter> parameters, String endWord) {
    endTag();
    int outerLoops = loops;
    loops = 0;
    Set<String> outerNames = tokens.exchangeNamesRead(new HashSet<>());
    List<Statement> body = bodyAndEnd(endWord);
    Set<String> names = tokens.exchangeNamesRead(outerNames);
    loops = outerLoops;
    return new Procedure(parameters, body, names.contains("varargs"), names.contains("kwargs"));
  }

  private Statement filterBlock(Position position) {
    List<Expression.FilterCall> filters = expressions.filters();
    endTag();
    return new Statement.FilterBlock(position, filters, bodyAndEnd("endfilter"));
  }

  private Statement leave(Token word, Statement statement) {
    if (loops == 0) {
      throw TemplateException.syntax(word.position(), "'%s' stands outside of a loop.".formatted(word.text()));
    }
    endTag();
    return statement;
  }

  private List<Statement> bodyAndEnd(String endWord) {
    List<Statement> body = body(endWord);
    expectTag(endWord);
    return body;
  }

  private void endTag() {
    tokens.expect(Kind.BLOCK_END, "'%}'");
  }

  private boolean takeTagBegin(String word) {
    boolean there = atBlock(word);
    if (there) {
      tokens.take();
      tokens.take();
    }
    return there;
  }

  private boolean takeTag(String word) {
    boolean there = takeTagBegin(word);
    if (there) {
      endTag();
    }
    return there;
  }

  private void expectTag(String word) {
    if (!takeTag(word)) {
      throw tokens.unexpected("'{%% %s %%}'".formatted(word));
    }
  }
}
