package dev.penstock.generatorstream.prompt;

/// The names of the topology's operators and its stores. They are in changelog topic names and metrics, so they are
/// part of the contract with the operator and never change.
public final class Operators {

  public static final String PROMPTS = "prompts";
  public static final String ADMIT = "admit";
  public static final String CANCELLATIONS = "cancellations";
  public static final String CANCEL = "cancel";
  public static final String INBOX = "inbox";
  public static final String CONTENT = "content";
  public static final String OUTCOMES = "outcomes";
  public static final String DEAD_LETTERS = "dead-letters";

  /// The store of [#INBOX].
  public static final String INBOX_STORE = "inbox";

  /// The other store of [#INBOX]: what became of ids.
  public static final String IDS_STORE = "prompt-ids";

  private Operators() {}
}
